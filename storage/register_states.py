"""The words of the register: categories, provenance, channels of employment."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """What the register may say of somebody (domain S-REG); the words are the official ones."""

    REGISTERED_POOR = "建档立卡"
    OUT_OF_POVERTY = "脱贫户"
    AT_RISK = "边缘易致贫户"
    MINIMUM_ALLOWANCE = "低保"
    SPECIAL_HARDSHIP = "特困"
    DISABLED = "残疾"
    RELOCATED = "易迁"


class CategoryState(StrEnum):
    """Whether anybody but the worker says so."""

    CLAIMED = "claimed"
    VERIFIED = "verified"
    ENDED = "ended"


class VisitKind(StrEnum):
    """How an officer learnt what is so."""

    VISIT = "visit"
    CALL = "call"


class ImportStatus(StrEnum):
    """The way of a sheet."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class EmploymentChannel(StrEnum):
    """The six ways into work of domain S-CHAN, and what is none of them."""

    ENTERPRISE = "enterprise"  # 企业吸纳
    TRANSFER = "transfer"  # 转移输出
    FLEXIBLE = "flexible"  # 灵活就业
    SELF_EMPLOYED = "self_employed"  # 自主创业
    PUBLIC_POST = "public_post"  # 乡村公益性岗位
    PLATFORM = "platform"  # 基层服务平台帮扶
    OTHER = "other"
