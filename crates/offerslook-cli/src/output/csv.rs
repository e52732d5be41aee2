use std::io;

use csv::WriterBuilder;

use super::Rows;
use crate::row::{COLUMNS, Row};

/// A header line and one record a row.
pub(super) struct Records {
    separator: u8,
    begun: bool,
}

impl Records {
    pub(super) fn separated_by(separator: u8) -> Self {
        Self { separator, begun: false }
    }
}

impl Rows for Records {
    fn row(&mut self, row: Row) -> io::Result<Vec<u8>> {
        let mut writer = WriterBuilder::new().delimiter(self.separator).from_writer(Vec::new());
        if !std::mem::replace(&mut self.begun, true) {
            writer.write_record(COLUMNS)?;
        }
        writer.write_record([
            row.offer_id.to_string(),
            row.status.to_string(),
            row.url.map(|url| url.to_string()).unwrap_or_default(),
            row.impression_pixel.map(|pixel| pixel.as_str().to_owned()).unwrap_or_default(),
            row.error.map(|error| error.to_string()).unwrap_or_default(),
        ])?;
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn end(&mut self) -> Vec<u8> {
        Vec::new()
    }
}
