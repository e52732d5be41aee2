use crate::OfferId;

/// An id that a call asks for, and its position in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) id: OfferId,
    pub(super) position: u64,
    /// How often it was asked for alone and got no row, with rows of other ids in between.
    pub(super) empty_answers: u32,
    /// When the latest of those calls was sent, as a serial.
    pub(super) empty_at: u64,
    /// How often it was asked for alone and got nothing but a row that nobody asked for.
    pub(super) unclear_answers: u32,
}

impl Asked {
    pub(super) fn new(id: OfferId, position: u64) -> Self {
        Self { id, position, empty_answers: 0, empty_at: 0, unclear_answers: 0 }
    }
}

/// One call of a batch.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) asked: Vec<Asked>,
    /// Ids that are known to have a row. Their rows show how much of the call the server looked at.
    pub(super) sentinels: Vec<OfferId>,
    /// Sentinels of an earlier, refused call for the same id: they are at fault if this call succeeds without them.
    pub(super) suspects: Vec<OfferId>,
    pub(super) purpose: Purpose,
    /// The call was refused before and is repeated, in case the refusal had a passing cause.
    pub(super) is_repeat: bool,
    /// The call tries a larger size than is known to work.
    pub(super) is_growing: bool,
    /// The split of a refused call that this call is a half of.
    pub(super) split: Option<u64>,
}

/// Why a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To ask for ids.
    Ask,
    /// To prove that ids have no row.
    Prove,
    /// To look for any row at all, when no id is known to have one.
    Search,
    /// To find the ids at fault in a refused call, of which this is a part.
    Bisect,
    /// To learn whether an id that had a row before is refused too.
    Probe,
}

impl Call {
    pub(super) fn new(asked: Vec<Asked>, sentinels: Vec<OfferId>, purpose: Purpose) -> Self {
        Self {
            asked,
            sentinels,
            suspects: Vec::new(),
            purpose,
            is_repeat: false,
            is_growing: false,
            split: None,
        }
    }

    /// Returns the ids in the order of the request: sentinels first and last, the asked ids between them.
    pub(super) fn ids(&self) -> impl Iterator<Item = OfferId> + '_ {
        let (before, after) = self.sentinels.split_at(self.sentinels.len().div_ceil(2));
        let asked = self.asked.iter().map(|asked| asked.id).filter(|id| !self.sentinels.contains(id));
        before.iter().copied().chain(asked).chain(after.iter().copied())
    }

    /// Returns the number of ids in the request.
    pub(super) fn size(&self) -> usize {
        if self.sentinels.is_empty() { self.asked.len() } else { self.ids().count() }
    }
}
