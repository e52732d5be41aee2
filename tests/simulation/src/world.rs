use std::{
    collections::{BTreeSet, HashMap},
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

/// The truth about every offer, whoever asks. Chances are in 1,000.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Makes one world differ from the next.
    pub salt: u64,
    /// The share of offers that have no row.
    pub without_row: u64,
    /// The share of offers whose row says "Need to apply".
    pub unapproved: u64,
    /// The share of offers whose row has no link.
    pub without_link: u64,
    /// The share of offers whose row does not decode.
    pub malformed: u64,
    /// The share of offers whose row has the offer id 0.
    pub anonymous: u64,
    /// The number of neighbours that have the same truth.
    pub stretch: u64,
    /// Ids that have no row, beside the share above.
    pub gaps: Vec<Range<u64>>,
    /// Ids that the service refuses, with every call that carries one.
    pub refused: BTreeSet<u64>,
}

/// The truth about one offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It has a row with a link.
    Link,
    /// It has a row that says "Need to apply".
    Unapproved,
    /// It has a row without a link.
    NoLink,
    /// It has a row that does not decode.
    Malformed,
    /// It has a row, whose offer id reads 0.
    Anonymous,
    /// It has no row.
    NoRow,
    /// Every call that carries it is refused.
    Refused,
}

impl World {
    /// Returns the truth about this offer.
    #[must_use]
    pub fn truth(&self, id: u64) -> Truth {
        if self.refused.contains(&id) {
            return Truth::Refused;
        }
        if self.gaps.iter().any(|gap| gap.contains(&id)) {
            return Truth::NoRow;
        }
        let mut draw = mix(self.salt ^ mix(id / self.stretch.max(1))) % 1_000;
        let shares = [
            (self.without_row, Truth::NoRow),
            (self.unapproved, Truth::Unapproved),
            (self.without_link, Truth::NoLink),
            (self.malformed, Truth::Malformed),
            (self.anonymous, Truth::Anonymous),
        ];
        for (share, truth) in shares {
            if draw < share {
                return truth;
            }
            draw -= share;
        }
        Truth::Link
    }
}

impl Truth {
    /// Returns `true` if the server has a row for the offer.
    #[must_use]
    pub fn has_row(self) -> bool {
        !matches!(self, Self::NoRow | Self::Refused)
    }

    /// Returns `true` if a client can use the row.
    #[must_use]
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Link | Self::Unapproved | Self::NoLink)
    }
}

/// Returns the link of an offer that has one.
#[must_use]
pub fn link_of(id: u64) -> String {
    format!("https://click.example/index.php?offer_id={id}&aff_id=40")
}

/// Spreads a number over all bits.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (number ^ (number >> 31)).wrapping_add(0x9e37_79b9_7f4a_7c15)
}

/// A map from ids. It is never iterated, so that its order cannot matter.
pub(super) type IdMap<T> = HashMap<u64, T, BuildHasherDefault<IdHasher>>;

/// A hasher for ids, which are no attack.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}
