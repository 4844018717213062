"""Every table of the portal in one metadata, for migrations and their test."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from portal.store.agreements import AgreementRow
from portal.store.audit import AuditRow
from portal.store.consents import ConsentRow
from portal.store.deliveries import DeliveryRow
from portal.store.drafts import DraftRow
from portal.store.events import EventRow
from portal.store.exchange_calls import ExchangeCallRow
from portal.store.grants import GrantRow
from portal.store.heartbeats import HeartbeatRow
from portal.store.holidays import HolidayRow
from portal.store.limits import LimitRow
from portal.store.phone_codes import PhoneCodeRow
from portal.store.sent_messages import SentMessageRow
from portal.store.service_versions import LiveServiceRow, ServiceVersionRow
from portal.store.submissions import SubmissionRow
from portal.store.vaults import VaultRow

TABLES: tuple[type[SQLModel], ...] = (
    AgreementRow,
    AuditRow,
    ConsentRow,
    DeliveryRow,
    DraftRow,
    EventRow,
    ExchangeCallRow,
    GrantRow,
    HeartbeatRow,
    HolidayRow,
    LimitRow,
    LiveServiceRow,
    PhoneCodeRow,
    SentMessageRow,
    ServiceVersionRow,
    SubmissionRow,
    VaultRow,
)

METADATA: MetaData = SQLModel.metadata
