use std::{collections::BTreeMap, io};

use super::{Offer, OffersFile, geo::Geo, tracker::Tracker};

const BATCH: Tracker = Tracker {
    click: "https://click.dev.offerslook.com/index.php",
    impression: "http://qoqololo.iuniontrack.com:9080/impr.php",
    affiliate_id: 40,
};
const SINGLE: Tracker = Tracker {
    click: "http://oltest1.offerstrack.net/index.php",
    impression: "http://qoqololo.iuniontrack.com:9080/impr.php",
    affiliate_id: 5547,
};

/// The id of the offer in the captured page.
pub(super) const CAPTURED_ID: u64 = 41_320;
const CAPTURED_COUNTRY_ID: u64 = 307_582;

/// Returns the offers of the reference's examples and of the captured page. The reference has no example of the
/// single call for 102; its response has the form of that for 16. One postback of 102 is an image pixel, so the
/// offer has to accept those.
pub(super) fn offers() -> io::Result<BTreeMap<u64, Offer>> {
    let mut offers = OffersFile::Text(include_str!("documented.json").to_owned()).read()?;
    for (id, offer) in &mut offers {
        if *id != CAPTURED_ID {
            (offer.batch, offer.single) = (BATCH, SINGLE);
        } else if let Geo::Include(countries) = &mut offer.geo {
            for country in countries {
                country.id = Some(CAPTURED_COUNTRY_ID);
            }
        }
    }
    Ok(offers)
}
