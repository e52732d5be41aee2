use std::{collections::BTreeMap, error::Error, fs, io, path::PathBuf};

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
        by_id(strip_byte_order_mark(&text)).map_err(|cause| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("the sandbox cannot use {name}: {cause}"))
        })
    }
}

fn by_id(json: &str) -> Result<BTreeMap<u64, Offer>, Box<dyn Error>> {
    let offers: Vec<Offer> = serde_json::from_str(json)?;
    let mut positions = BTreeMap::new();
    for (offer, position) in offers.iter().zip(1_usize..) {
        let id = offer.id;
        if id == 0 {
            return Err(format!("offer {position} of the list has no id; ids start at 1").into());
        }
        if let Some(first) = positions.insert(id, position) {
            return Err(format!("offers {first} and {position} of the list have the same id, {id}").into());
        }
    }
    Ok(offers.into_iter().map(|offer| (offer.id, offer)).collect())
}
