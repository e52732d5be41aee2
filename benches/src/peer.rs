//! What the programs that are compared have in common: their arguments, and the answer that the ones without the client
//! decode.

#![expect(clippy::print_stdout, reason = "the programs print how many links they got")]

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The number of ids per call.
pub const IDS_PER_CALL: usize = 100;
/// The number of calls in flight.
pub const IN_FLIGHT: usize = 8;
/// The value of `authorization`.
pub const AUTHORIZATION: &str = "Basic bWVAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZg==";

/// What a program has to do.
#[derive(Clone)]
pub struct Work {
    /// The server, such as `http://127.0.0.1:8080`.
    pub base_url: String,
    /// How many links to get: those of the offers 1, 2, …
    pub ids: u64,
}

impl Work {
    /// Reads the arguments of the program.
    ///
    /// # Errors
    /// If there are not two of them.
    pub fn from_args() -> Result<Self> {
        let mut arguments = std::env::args().skip(1);
        let base_url = arguments.next().context("the base URL")?;
        let ids = arguments.next().context("the number of ids")?.parse()?;
        Ok(Self { base_url, ids })
    }

    /// The URLs of the calls, as a program without the client builds them.
    pub fn urls(&self) -> impl Iterator<Item = String> + use<> {
        let Self { base_url, ids } = self.clone();
        (1..=ids).step_by(IDS_PER_CALL).map(move |first| {
            let last = ids.min(first + 99);
            let ids: Vec<String> = (first..=last).map(|id| id.to_string()).collect();
            format!("{base_url}/aff/v1/batches/offers/tracking_links/{}", ids.join(","))
        })
    }

    /// Prints the number of links.
    ///
    /// # Errors
    /// If that is not the number of ids.
    pub fn finish(&self, links: u64) -> Result<()> {
        if links != self.ids {
            bail!("{links} links for {} ids", self.ids);
        }
        println!("{links}");
        Ok(())
    }
}

/// The answer, as a program without the client declares it.
#[derive(Deserialize)]
pub struct Answer {
    code: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    tracking_link: Vec<Row>,
}

/// One row of the answer.
#[derive(Deserialize)]
pub struct Row {
    /// The offer.
    pub offer_id: u64,
    /// The tracking link.
    pub url: String,
    /// The pixel.
    pub impression_pixel: Option<String>,
}

impl Answer {
    /// Returns the rows.
    ///
    /// # Errors
    /// If the answer is no success.
    pub fn rows(self) -> Result<Vec<Row>> {
        if self.code != 0 {
            bail!("the API answered code {}", self.code);
        }
        Ok(self.data.tracking_link)
    }
}

/// Counts the links among rows.
#[must_use]
pub fn links(rows: &[Row]) -> u64 {
    let urls = rows.iter().filter(|row| row.offer_id > 0 && row.url.starts_with("http"));
    u64::try_from(urls.count()).unwrap_or_default()
}
