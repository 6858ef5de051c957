"""Which records may be the same as another one: brought together by what they share, judged by all they say."""
