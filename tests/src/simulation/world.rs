use std::collections::BTreeSet;

/// What is true of every offer, whoever asks.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Makes one world differ from the next.
    pub salt: u64,
    /// How many offers in 16 have no row.
    pub without_row: u64,
    /// How many offers in 16 have a row that says "Need to apply".
    pub unapproved: u64,
    /// So many neighbours share their fate.
    pub stretch: u64,
    /// Offers that the service refuses, with every call that carries one.
    pub poison: BTreeSet<u64>,
}

/// What is true of one offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It has a row with a link.
    Link,
    /// It has a row that says "Need to apply".
    Unapproved,
    /// It has no row.
    NoRow,
    /// Every call that carries it is refused.
    Poison,
}

impl World {
    /// What is true of this offer.
    #[must_use]
    pub fn truth(&self, id: u64) -> Truth {
        if self.poison.contains(&id) {
            return Truth::Poison;
        }
        let draw = mix(self.salt ^ mix(id / self.stretch.max(1))) % 16;
        if draw < self.without_row {
            Truth::NoRow
        } else if draw < self.without_row + self.unapproved {
            Truth::Unapproved
        } else {
            Truth::Link
        }
    }
}

/// The link of an offer that has one.
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
