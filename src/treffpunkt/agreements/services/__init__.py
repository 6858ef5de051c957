"""What is done with agreements: composing, offering, concluding, ending; rights and promises."""
