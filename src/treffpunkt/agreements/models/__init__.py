"""Lasting cooperation: what was agreed with whom, in which words, and what it opens."""

from __future__ import annotations

from treffpunkt.agreements.models.access import Measure, Succession, Threshold, Use
from treffpunkt.agreements.models.agreements import Agreement, AgreementVersion, Party
from treffpunkt.agreements.models.clauses import Clause, ClauseVersion, Section
from treffpunkt.agreements.models.concluding import Evidence, Offer, Remark, Signature
from treffpunkt.agreements.models.promises import Commitment, Keeping
from treffpunkt.agreements.models.rights import GrantedRight

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Clause",
    "ClauseVersion",
    "Commitment",
    "Evidence",
    "GrantedRight",
    "Keeping",
    "Measure",
    "Offer",
    "Party",
    "Remark",
    "Section",
    "Signature",
    "Succession",
    "Threshold",
    "Use",
]
