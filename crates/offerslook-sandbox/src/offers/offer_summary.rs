use serde::Deserialize;

use super::AffiliateStatus;

/// What decides how an affiliate sees an offer. Generated without allocating, so that counting all offers is
/// fast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OfferSummary {
    pub(crate) approval: Approval,
    pub(crate) status: Status,
    /// The affiliate's status when the sandbox starts.
    pub(super) initial_status: AffiliateStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Approval {
    #[serde(rename = "require_approval")]
    Required,
    Public,
    Private,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Paused,
}

/// How the affiliate sees an offer, which decides whether there is a tracking link. It follows from the offer
/// and from the affiliate's [`AffiliateStatus`], and changes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OfferKind {
    /// Active, and the affiliate is approved. There is a link.
    Approved,
    /// Active and public. There is a link.
    Public,
    /// Active and requires approval, and the affiliate is not approved. The text `"Need to apply"` takes the
    /// place of the link.
    NotApproved,
    /// Active and private, and the affiliate is not approved. The API responds as if there were no such offer.
    Hidden,
    /// Paused. There is no link.
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

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Required => "Require Approval",
            Self::Public => "Public",
            Self::Private => "Private",
        }
    }
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
        }
    }
}

impl OfferSummary {
    pub(crate) fn kind(self, status: AffiliateStatus) -> OfferKind {
        match (self.status, self.approval, status) {
            (Status::Paused, ..) => OfferKind::Paused,
            (Status::Active, Approval::Public, _) => OfferKind::Public,
            (Status::Active, _, AffiliateStatus::Approved) => OfferKind::Approved,
            (Status::Active, Approval::Required, _) => OfferKind::NotApproved,
            (Status::Active, Approval::Private, _) => OfferKind::Hidden,
        }
    }

    /// Returns whether the affiliate may see the offer, in lists and by its id.
    pub(crate) fn is_visible(self, status: AffiliateStatus) -> bool {
        self.approval != Approval::Private || status == AffiliateStatus::Approved
    }
}
