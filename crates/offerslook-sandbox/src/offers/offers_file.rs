use std::{collections::BTreeMap, fmt, fs, io, path::PathBuf};

use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use super::Offer;
use crate::text::strip_byte_order_mark;

/// A file of offers, or its text.
#[derive(Debug, Clone)]
pub(crate) enum OffersFile {
    Path(PathBuf),
    Text(String),
}

impl OffersFile {
    pub(super) fn read(&self) -> io::Result<BTreeMap<u64, Offer>> {
        let (name, file) = match self {
            Self::Path(path) => (format!("the offers in {}", path.display()), fs::read_to_string(path)),
            Self::Text(text) => ("the offers".to_owned(), Ok(text.clone())),
        };
        let text = file.map_err(|cause| {
            io::Error::new(cause.kind(), format!("the sandbox could not read {name}: {cause}"))
        })?;
        match serde_json::from_str(strip_byte_order_mark(&text)) {
            Ok(OfferMap(offers)) => Ok(offers),
            Err(cause) => {
                let message = format!("the sandbox cannot use {name}: {cause}");
                Err(io::Error::new(io::ErrorKind::InvalidInput, message))
            }
        }
    }
}

/// Parses offer by offer, so that an error names the position.
struct OfferMap(BTreeMap<u64, Offer>);

impl<'de> Deserialize<'de> for OfferMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Offers;

        impl<'de> Visitor<'de> for Offers {
            type Value = OfferMap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of offers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OfferMap, A::Error> {
                let mut offers = BTreeMap::new();
                let mut places = BTreeMap::new();
                while let Some(offer) = items.next_element::<Offer>()? {
                    let (id, place) = (offer.id, offers.len() + 1);
                    if id == 0 {
                        return Err(A::Error::custom(format_args!(
                            "offer {place} of the list has no id; ids start at 1"
                        )));
                    }
                    if let Some(first) = places.insert(id, place) {
                        return Err(A::Error::custom(format_args!(
                            "offers {first} and {place} of the list have the same id, {id}"
                        )));
                    }
                    offers.insert(id, offer);
                }
                Ok(OfferMap(offers))
            }
        }

        deserializer.deserialize_seq(Offers)
    }
}
