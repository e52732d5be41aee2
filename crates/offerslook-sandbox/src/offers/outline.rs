use serde::Deserialize;

use super::Standing;

/// What an offer is to an affiliate before any application. Made without allocating, so that all offers can
/// be counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outline {
    pub(crate) approval: Approval,
    pub(crate) status: Status,
    /// The affiliate's standing when the sandbox starts.
    pub(super) first_standing: Standing,
}

/// Who may run an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Approval {
    #[serde(rename = "require_approval")]
    Required,
    Public,
    Private,
}

/// Whether an offer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Paused,
}

/// What the affiliate meets under an offer's id: what decides whether a tracking link comes. It follows from
/// the offer and from the affiliate's [`Standing`], and so it can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OfferKind {
    /// Active, and the affiliate is approved: there is a link.
    Approved,
    /// Active and public: there is a link.
    Public,
    /// Active and requires approval, and the affiliate is not approved: the words `"Need to apply"` instead
    /// of a link.
    NotApproved,
    /// Active and private, and the affiliate is not approved: as though there were no such offer.
    Hidden,
    /// Paused: no link comes.
    Paused,
}

impl Approval {
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::Required => 1,
            Self::Public => 2,
            Self::Private => 3,
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Required => "Require Approval",
            Self::Public => "Public",
            Self::Private => "Private",
        }
    }
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
        }
    }
}

impl Outline {
    pub(crate) fn kind(self, standing: Standing) -> OfferKind {
        match (self.status, self.approval, standing) {
            (Status::Paused, ..) => OfferKind::Paused,
            (Status::Active, Approval::Public, _) => OfferKind::Public,
            (Status::Active, _, Standing::Approved) => OfferKind::Approved,
            (Status::Active, Approval::Required, _) => OfferKind::NotApproved,
            (Status::Active, Approval::Private, _) => OfferKind::Hidden,
        }
    }

    /// Whether the affiliate sees the offer in lists and under its id.
    pub(crate) fn is_visible(self, standing: Standing) -> bool {
        self.approval != Approval::Private || standing == Standing::Approved
    }
}
