use crate::{
    envelope::{Failure, Success},
    listing::{Page, Parameters},
    sub_affiliates::{LIST, RULES, Rule},
};

pub(super) const PATH: &str = "/aff/v1/sub_affiliate_approval";

pub(super) async fn answer(parameters: Parameters) -> Result<Success<Page<Rule>>, Failure> {
    Ok(Success::whole(LIST.query(parameters)?.page(RULES.into_iter())))
}
