//! The answers of the API, as far as the benchmarks need them.

use std::fmt::Write;

/// Returns the answer to a call for the links of these ids.
#[must_use]
pub fn links<Id: std::fmt::Display>(ids: impl IntoIterator<Item = Id>) -> String {
    let mut body = r#"{"code":0,"message":"Success","data":{"tracking_link":["#.to_owned();
    for (position, id) in ids.into_iter().enumerate() {
        body.push_str(if position > 0 { "," } else { "" });
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            "{{\"offer_id\":{id},\"url\":\"https://click.dev.offerslook.com/index.php?offer_id={id}&aff_id=40\",\
             \"impression_pixel\":\"<img src='http://qoqololo.iuniontrack.com:9080/impr.php?offer_id={id}&aff_id=40'  \
             border='0'  width='1'  height='1' />\"}}"
        );
    }
    body.push_str("]}}");
    body
}
