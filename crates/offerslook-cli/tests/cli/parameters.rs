use insta::assert_snapshot;

use crate::{
    command::offerslook,
    service::{Service, rows},
};

#[test]
fn parameters_are_appended_to_every_link() {
    let ran = offerslook("--sandbox links 16 102 --format csv -q --append aff_sub1={click_id}")
        .arg("--append")
        .arg("source_id=a b&ü %41")
        .run();
    assert_eq!(ran.code, Some(0));
    assert_snapshot!(ran.out, @"
    offer_id,status,url,impression_pixel,error
    16,found,https://click.dev.offerslook.com/index.php?offer_id=16&aff_id=40&aff_sub1={click_id}&source_id=a%20b%26%C3%BC%20%41,<img src='http://qoqololo.iuniontrack.com:9080/impr.php?offer_id=16&aff_id=40'  border='0'  width='1'  height='1' />,
    102,found,https://click.dev.offerslook.com/index.php?offer_id=102&aff_id=40&aff_sub1={click_id}&source_id=a%20b%26%C3%BC%20%41,<img src='http://qoqololo.iuniontrack.com:9080/impr.php?offer_id=102&aff_id=40'  border='0'  width='1'  height='1' />,
    ");
}

/// The link that has the name already fails by itself; the others are there.
#[test]
fn a_name_that_a_link_has_already() {
    let service = Service::start(|_| {
        rows([
            r#"{"offer_id":1,"url":"https://click.example/?offer_id=1&aff_sub1=mine"}"#.to_owned(),
            r#"{"offer_id":2,"url":"https://click.example/?offer_id=2"}"#.to_owned(),
        ])
    });
    let ran = service.offerslook("links 1 2 --append aff_sub1=x --format csv").run();
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(format!("{}{}", ran.out, ran.err), @r#"
    offer_id,status,url,impression_pixel,error
    1,failed,,,"parameter_present: the tracking link already has a parameter ""aff_sub1"": leave it out, or choose another name"
    2,found,https://click.example/?offer_id=2&aff_sub1=x,,
    offerslook: offer 1: the tracking link already has a parameter "aff_sub1": leave it out, or choose another name.
    offerslook: 2 ids: 1 found, 1 failed; 1 call
    "#);
}
