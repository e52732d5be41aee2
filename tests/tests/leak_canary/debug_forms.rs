//! Every public type that has a `Debug` form, as it is in use with the account.

use std::{
    any::type_name,
    collections::BTreeMap,
    fmt::{Debug, Write as _},
    time::Duration,
};

use offerslook_core::{
    Account, ApiCode, BaseUrl, BuildError, Credentials, Delivery, DriftKind, Error, ErrorClass, Network,
    NextStep, OfferId, SetupError, StopCause, TransportError, TransportKind,
    affiliate::{batches::GetTrackingLinks, offers::ListOffers},
    drive::Woken,
    job::{Action, BatchItem, Job, Moment, Notice, Outcome, Rate},
    parse, parse_with_drift,
    transport::{Answer, ProxyError, Tunnel},
    types::Secrets,
};
use offerslook_sandbox::{
    ApplicationRule, Certificate, Fault, Faults, Probability, Route, Rule, Sandbox, Status, When,
};
use offerslook_tests::canary::{EMAIL, KEY, assert_none_in};

use crate::{
    public_types,
    scene::{account, answer, call, credentials, elsewhere, jobs, options, proxies, request, sandbox_config},
};

/// Public because a driver is named after them, but nobody can have one: the drivers do not show them.
const OUT_OF_REACH: &[&str] = &["Spawned", "Threads", "Tokio"];

/// What was shown, by the name of the type.
#[derive(Default)]
struct Cage(BTreeMap<String, String>);

impl Cage {
    fn show<T: Debug>(&mut self, value: T) -> T {
        let name = type_name::<T>();
        let name = name.split('<').next().unwrap_or(name);
        let name = name.rsplit("::").next().unwrap_or(name);
        let shown = self.0.entry(name.to_owned()).or_default();
        writeln!(shown, "{value:?} {value:#?}").unwrap();
        value
    }
}

#[test]
fn none_shows_a_secret_and_none_is_forgotten() {
    let mut cage = Cage::default();
    accounts(&mut cage);
    errors(&mut cage);
    job(&mut cage);
    transports(&mut cage);
    sandbox(&mut cage);
    for (name, shown) in &cage.0 {
        assert_none_in(shown, name);
    }
    let forgotten: Vec<_> = public_types::with_debug_forms()
        .into_iter()
        .filter(|name| !cage.0.contains_key(name) && !OUT_OF_REACH.contains(&name.as_str()))
        .collect();
    assert!(forgotten.is_empty(), "show these here as well: {forgotten:?}");
}

fn accounts(cage: &mut Cage) {
    cage.show(account());
    cage.show(credentials());
    cage.show(KEY.parse::<offerslook_core::ApiKey>().unwrap());
    cage.show(Credentials::affiliate(&format!("{EMAIL}:"), KEY).unwrap_err());
    cage.show("https://example.com".parse::<BaseUrl>().unwrap());
    cage.show(format!("https://{EMAIL}:{KEY}@example.com").parse::<BaseUrl>().unwrap_err());
    cage.show("acme".parse::<Network>().unwrap());
    cage.show(KEY.parse::<Network>().unwrap_err());
    cage.show(Secrets::of(&request()));
}

fn errors(cage: &mut Cage) {
    cage.show(BuildError::PathArguments { endpoint: "caps", path: "/caps" });
    cage.show(TransportError::new(TransportKind::Tls, Delivery::NotSent).with_host(Some("example.com")));
    cage.show(TransportKind::Tls);
    cage.show(Delivery::NotSent);
    cage.show(ErrorClass::Transient);
    cage.show(NextStep::Retry);
    cage.show(StopCause::Requested);
    let refused = parse::<GetTrackingLinks>(&answer(400, KEY)).unwrap_err();
    cage.show(refused.body().unwrap());
    if let Error::Api(error) = cage.show(refused) {
        cage.show(*error);
    }
    cage.show(ApiCode::Number(400));
    if let Error::Decode(error) = parse::<GetTrackingLinks>(&answer(200, KEY)).unwrap_err() {
        cage.show(error.fault.clone());
        cage.show(*error);
    }
    let strange = r#"{"code":0,"data":{"tracking_link":[{"offer_id":1,"url":null,"new":1}]}}"#;
    let (_, drift) = parse_with_drift::<GetTrackingLinks>(&answer(200, strange)).unwrap();
    cage.show(drift);
    cage.show(DriftKind::UnknownField);
}

fn job(cage: &mut Cage) {
    let jobs = cage.show(jobs());
    cage.show(options());
    cage.show(jobs.quota().clone());
    cage.show(Rate::new(50, Duration::from_secs(10)).unwrap());
    cage.show("x".parse::<Rate>().unwrap_err());
    cage.show(Moment::EPOCH);

    let mut links = cage.show(jobs.links((1..=2).filter_map(OfferId::new)));
    cage.show(links.progress());
    let mut another = cage.show(jobs.call(&call()));
    let Action::Send(attempt) = cage.show(links.next(Moment::EPOCH)) else { panic!("nothing is sent") };
    cage.show(&attempt.request);
    let attempt = cage.show(attempt);
    let ticket = cage.show(attempt.ticket);
    cage.show(another.answered(ticket, Moment::EPOCH, Ok(answer(200, ""))).unwrap_err());
    links.stop(Moment::EPOCH);
    while let Action::Item(item) = links.next(Moment::EPOCH) {
        match cage.show(item) {
            BatchItem::Outcome { outcome, .. } => drop(cage.show(outcome)),
            BatchItem::Notice(notice) => drop(cage.show(notice)),
            _ => {}
        }
    }
    cage.show(Outcome::<()>::Absent);
    cage.show(Notice::<()>::Stopped(Error::NoRow.into()));

    let mut offers = cage.show(jobs.listing(ListOffers::new()));
    offers.stop(Moment::EPOCH);
    while let Action::Item(item) = offers.next(Moment::EPOCH) {
        if let Err(incomplete) = item {
            cage.show(incomplete.reason.clone());
            cage.show(incomplete);
        }
    }
}

fn transports(cage: &mut Cage) {
    let proxies = cage.show(proxies());
    let proxy = proxies.for_uri(&elsewhere()).unwrap();
    let mut tunnel = cage.show(Tunnel::new(proxy, &elsewhere()));
    cage.show(tunnel.hear(b"HTTP/1.1 407 No\r\n\r\n").unwrap_err());
    cage.show(proxy.clone());
    cage.show(
        offerslook_core::Proxies::from_variables(|_| Some(format!("ftp://{EMAIL}:{KEY}@x"))).unwrap_err(),
    );
    cage.show(ProxyError::NotAnAddress);
    let (head, ()) = http::Response::new(()).into_parts();
    cage.show(Answer::new(head, 1_000).unwrap());
    cage.show(SetupError::RootCertificate { position: 1, cause: "no certificate".to_owned() });
    cage.show(options().transport);
    cage.show(Woken::Nothing);
    cage.show(request());

    let ids = || (1..=2).filter_map(OfferId::new);
    let blocking = offerslook_transport_ureq::Client::with_options(account(), options()).unwrap();
    let run = cage.show(blocking).links(ids());
    let run = cage.show(run);
    cage.show(run.stop_handle());
    cage.show(run.progress_handle());
    let concurrent = offerslook_transport_hyper::Client::with_options(account(), options()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _entered = runtime.enter();
    let run = cage.show(concurrent).links(ids());
    cage.show(run);
}

fn sandbox(cage: &mut Cage) {
    let rule = Rule::new(Fault::KeyRevoked).on(Route::GetOfferCaps).with_probability(0.5);
    cage.show(rule.fault().clone());
    cage.show(Faults::from_json(KEY).unwrap_err());
    cage.show(When::Probability(Probability::nearest(0.5)));
    cage.show(Status::of::<500>());
    cage.show(Probability::nearest(0.5));
    if let Route::Custom(custom) = cage.show(Route::custom("GET", "/aff/v1/things/{id}").unwrap()) {
        cage.show(custom);
    }
    cage.show(Route::custom("get", "/").unwrap_err());
    let rule = cage.show(rule);
    let faults = cage.show(Faults::seeded(7).rule(rule));
    let (certificate, decision) = (cage.show(Certificate::Good), cage.show(ApplicationRule::Manual));
    let config = cage.show(sandbox_config().faults(faults).https(certificate).applications(decision));
    let sandbox = cage.show(Sandbox::start(config).unwrap());
    cage.show(sandbox.offer_kind(16).unwrap());
    cage.show(sandbox.affiliate_status(16).unwrap());
    let plain = Sandbox::start(sandbox_config()).unwrap();
    let base_url: BaseUrl = plain.base_url().parse().unwrap();
    let client = offerslook_transport_ureq::Client::new(Account::new(base_url, credentials())).unwrap();
    cage.show(client.send(&call()).unwrap());
    let arrivals = cage.show(plain.arrivals());
    cage.show(arrivals.newest.first().unwrap().clone());
}
