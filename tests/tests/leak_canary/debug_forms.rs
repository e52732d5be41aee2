//! The `Debug` form of every public type, each value made or used with the account.

use std::{
    any::type_name,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt::{Debug, Write as _},
    sync::mpsc,
    time::Duration,
};

use offerslook::client::{Runtime, Tokio, Transport, blocking, tls::LazyConfig};
use offerslook_core::{
    Account, ApiCode, ApiKey, BaseUrl, BuildError, Credentials, Delivery, DriftKind, Encoder, Endpoint,
    Error, ErrorClass, IdError, Network, NextStep, NoLink, Payload, Proxies, SetupError, Spec, StopCause,
    TransportError, TransportKind, Verb,
    account::InsecureHttp,
    affiliate::{batches::GetTrackingLinks, offers::ListOffers},
    drive::Event,
    job::{
        Action, Attempt, EndedSlot, Fallback, Job, Jobs, Moment, OnReply, Options, Quota, QuotaRequest,
        QuotaStore, Rate, SlotEnd, SlotId, StoreError, StoreReply,
    },
    parse, parse_with_drift,
    transport::{Exchange, Head, Stage, Tunnel},
    types::Secrets,
};
use offerslook_sandbox::{
    ApplicationRule, Certificate, Fault, Faults, Probability, Route, Rule, Sandbox, Status, When,
};
use offerslook_tests::canary::{EMAIL, KEY, assert_none_in};
use offerslook_transport_hyper::Hyper;
use offerslook_transport_ureq::Ureq;

use crate::{
    fixtures::{
        account, answer, call, credentials, ids, jobs, options, proxied_uri, proxies, request, sandbox_config,
    },
    public_types,
};

/// The types of which no value can be had outside of their crate, each with the reason.
const UNAVAILABLE: &[(&str, &str)] = &[
    (
        "offerslook_client::calls::Calls",
        "made by `Client::run`, and owned by the run, which does not show it",
    ),
    ("offerslook_client::blocking::calls::Calls", "made by `Client::run`, and owned by the run, as above"),
];

/// The `Debug` forms of the values that were shown, by the path of their type.
#[derive(Default)]
struct DebugForms(BTreeMap<String, String>);

impl DebugForms {
    fn show<T: Debug>(&mut self, value: T) -> T {
        let path = type_name::<T>().trim_start_matches('&');
        let path = path.split('<').next().unwrap_or(path);
        let form = self.0.entry(path.to_owned()).or_default();
        writeln!(form, "{value:?} {value:#?}").unwrap();
        value
    }
}

#[test]
fn every_public_type_is_shown_and_none_shows_a_secret() {
    let mut forms = DebugForms::default();
    show_accounts(&mut forms);
    show_endpoints(&mut forms);
    show_errors(&mut forms);
    show_responses(&mut forms);
    show_job_options(&mut forms);
    show_stored_quota(&mut forms);
    show_jobs(&mut forms);
    show_transports(&mut forms);
    show_clients(&mut forms);
    show_sandbox(&mut forms);
    for (path, form) in &forms.0 {
        assert_none_in(form, path);
    }
    let expected = public_types::with_debug_forms();
    let unavailable: BTreeSet<String> = UNAVAILABLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    let missing: Vec<_> =
        expected.iter().filter(|path| !forms.0.contains_key(*path) && !unavailable.contains(*path)).collect();
    assert!(missing.is_empty(), "show these types here as well: {missing:#?}");
    let stale: Vec<_> =
        unavailable.iter().filter(|path| !expected.contains(*path) || forms.0.contains_key(*path)).collect();
    assert!(stale.is_empty(), "remove these types from `UNAVAILABLE`: {stale:#?}");
}

fn show_accounts(forms: &mut DebugForms) {
    forms.show(account());
    forms.show(credentials());
    forms.show(KEY.parse::<ApiKey>().unwrap());
    forms.show(Credentials::affiliate(&format!("{EMAIL}:"), KEY).unwrap_err());
    forms.show("https://example.com".parse::<BaseUrl>().unwrap());
    forms.show(format!("https://{EMAIL}:{KEY}@example.com").parse::<BaseUrl>().unwrap_err());
    forms.show("acme".parse::<Network>().unwrap());
    forms.show(KEY.parse::<Network>().unwrap_err());
    let misplaced = |name: &str| match name {
        "OFFERSLOOK_NETWORK" => Some("acme".to_owned()),
        "OFFERSLOOK_EMAIL" => Some(format!("{EMAIL}:{KEY}")),
        "OFFERSLOOK_API_KEY" => Some(KEY.to_owned()),
        _ => None,
    };
    forms.show(Account::from_variables(misplaced).unwrap_err());
    let insecure = Account::new(BaseUrl::insecure_http("http://example.com").unwrap(), credentials());
    let request = forms.show(insecure.request(&call()).unwrap());
    forms.show(*request.extensions().get::<InsecureHttp>().unwrap());
    forms.show(Secrets::of(&request));
}

/// An endpoint that shows its encoder.
struct Encoded<'a>(RefCell<&'a mut DebugForms>);

impl Endpoint for Encoded<'_> {
    const SPEC: Spec = Spec::new("encoded", Verb::Post, "/aff/v1/encoded/{id}", Payload::Nothing);
    type Output = ();

    fn encode(&self, encoder: &mut Encoder) {
        encoder.path(16);
        self.0.borrow_mut().show(&*encoder);
    }
}

fn show_endpoints(forms: &mut DebugForms) {
    account().request(&Encoded(RefCell::new(forms))).unwrap();
    let spec = forms.show(GetTrackingLinks::SPEC);
    forms.show(spec.verb);
    forms.show(spec.payload);
    forms.show(page());
    let rows = r#"{"code":0,"data":{"tracking_link":[{"offer_id":1,"url":null},{"offer_id":"KEY"}]}}"#;
    let rows = account().parse(&call(), &answer(200, &rows.replace("KEY", KEY))).unwrap();
    let rows = forms.show(rows);
    forms.show(rows.unusable.first().unwrap());
}

fn page() -> <ListOffers as Endpoint>::Output {
    parse::<ListOffers>(&answer(200, r#"{"code":0,"data":{"rowset":[],"totalRows":0}}"#)).unwrap()
}

fn show_errors(forms: &mut DebugForms) {
    forms.show(BuildError::PathArguments { endpoint: "caps", path: "/caps" });
    forms.show(TransportError::new(TransportKind::Tls, Delivery::NotSent).with_host(Some("example.com")));
    forms.show(TransportKind::Tls);
    forms.show(Delivery::NotSent);
    forms.show(ErrorClass::Transient);
    forms.show(NextStep::Retry);
    forms.show(StopCause::Requested);
    let no_link = forms.show(NoLink::NeedToApply);
    forms.show(IdError::NoLink(no_link));
    forms.show(ApiCode::Number(400));
    // `account.parse` redacts the message. A body is not shown, redacted or not.
    let refused = format!(r#"{{"code":400,"message":"{KEY}"}}"#);
    let refused = account().parse(&call(), &answer(400, &refused)).unwrap_err();
    forms.show(refused.body().unwrap());
    let Error::Api(error) = forms.show(refused) else { panic!("no ApiError") };
    forms.show(&*error);
    let unredacted = parse::<GetTrackingLinks>(&answer(400, KEY)).unwrap_err();
    forms.show(unredacted.body().unwrap());
    forms.show(unredacted);
    let Error::Decode(error) = parse::<GetTrackingLinks>(&answer(200, KEY)).unwrap_err() else {
        panic!("no DecodeError")
    };
    forms.show(&error.fault);
    forms.show(&*error);
}

fn show_responses(forms: &mut DebugForms) {
    let body = r#"{"code":0,"data":{"tracking_link":[{"offer_id":1,"url":null,"new":1}]}}"#;
    let (_, drift) = parse_with_drift::<GetTrackingLinks>(&answer(200, body)).unwrap();
    forms.show(drift);
    forms.show(DriftKind::UnknownField);
}

fn show_job_options(forms: &mut DebugForms) {
    let options = forms.show(options());
    forms.show(options.transport());
    let builder = forms.show(Options::builder().proxies(proxies()).retries(101));
    forms.show(builder.build().unwrap_err());
    forms.show(Rate::new(50, Duration::from_secs(10)).unwrap());
    forms.show("x".parse::<Rate>().unwrap_err());
    forms.show(Moment::EPOCH);
}

/// A store that only shows what it is asked.
struct Shown(mpsc::Sender<QuotaRequest>);

impl QuotaStore for Shown {
    fn ask(&self, request: QuotaRequest, _: Duration, done: OnReply) {
        self.0.send(request).unwrap();
        done(Ok(StoreReply::NotBefore(Duration::ZERO)));
    }
}

fn show_stored_quota(forms: &mut DebugForms) {
    let (sender, asked) = mpsc::channel();
    let quota = forms.show(Quota::stored(Rate::DOCUMENTED, Shown(sender), Fallback::Wait));
    forms.show(Fallback::Wait);
    let mut job = Jobs::new(account(), options(), quota, 1).links(ids(2));
    let Action::Quota(call) = job.next(Moment::EPOCH) else { panic!("the store is not asked") };
    let call = forms.show(call);
    forms.show(&call.ticket);
    drop(forms.show(call.into_future()));
    forms.show(asked.recv().unwrap());
    let slot = forms.show(SlotId { request: 1, index: 0 });
    forms.show(EndedSlot { slot, end: SlotEnd::Answered, age: Duration::ZERO });
    forms.show(SlotEnd::Answered);
    forms.show(StoreReply::NotBefore(Duration::ZERO));
    forms.show(StoreError::unsupported().kind());
    forms.show(StoreError::unsupported());
}

fn send(job: &mut impl Job<Item: Debug>, forms: &mut DebugForms) -> Attempt {
    let Action::Send(attempt) = forms.show(job.next(Moment::EPOCH)) else { panic!("nothing is sent") };
    let attempt = forms.show(attempt);
    forms.show(&attempt.ticket);
    attempt
}

fn show_jobs(forms: &mut DebugForms) {
    let jobs = forms.show(jobs());
    forms.show(jobs.quota());

    let mut links = forms.show(jobs.links(ids(2)));
    let attempt = send(&mut links, forms);
    forms.show(&attempt.request);
    forms.show(attempt.ticket.id());
    forms.show(attempt.ticket.completion());
    let rows = r#"{"code":0,"data":{"tracking_link":[{"offer_id":1,"url":null},{"offer_id":"KEY"}]}}"#;
    links.answered(attempt.ticket, Moment::EPOCH, Ok(answer(200, &rows.replace("KEY", KEY)))).unwrap();
    let report = forms.show(links.report());
    forms.show(&report.unusable_rows);
    forms.show(links.progress());
    links.stop(Moment::EPOCH);
    loop {
        match forms.show(links.next(Moment::EPOCH)) {
            Action::Item(Ok((_, outcome))) => drop(forms.show(outcome.unwrap_err())),
            Action::Item(Err(error)) => drop(forms.show(error)),
            Action::Done => break,
            _ => {}
        }
    }
    forms.show(links);

    let mut another = forms.show(jobs.call(&call()));
    let mut execute = forms.show(jobs.execute(request()));
    let ticket = send(&mut execute, forms).ticket;
    forms.show(another.answered(ticket, Moment::EPOCH, Ok(answer(200, ""))).unwrap_err());
    let ticket = send(&mut another, forms).ticket;
    forms.show(Event::Answer(ticket, Err(TransportError::new(TransportKind::Tls, Delivery::NotSent))));
    forms.show(Event::Woken);

    let mut offers = forms.show(jobs.listing(ListOffers::new()));
    offers.stop(Moment::EPOCH);
    let Action::Item(Err(Error::Incomplete(incomplete))) = forms.show(offers.next(Moment::EPOCH)) else {
        panic!("the listing has no error");
    };
    forms.show(&incomplete.reason);
    forms.show(incomplete);
}

fn show_transports(forms: &mut DebugForms) {
    let proxies = forms.show(proxies());
    let proxy = forms.show(proxies.for_uri(&proxied_uri()).unwrap().unwrap());
    let mut tunnel = forms.show(Tunnel::new(proxy, &proxied_uri()));
    forms.show(tunnel.received(b"HTTP/1.1 407 No\r\n\r\n").unwrap_err());
    forms.show(tunnel);

    let ftp = |name: &str| (name == "HTTPS_PROXY").then(|| format!("ftp://{EMAIL}:{KEY}@x"));
    let unusable = Proxies::from_variables(ftp);
    let unusable = forms.show(unusable).for_uri(&proxied_uri()).unwrap_err();
    forms.show(&unusable);
    forms.show(&unusable.fault);
    forms.show(SetupError::from(unusable));

    let exchange = forms.show(Exchange::new(request(), options().transport()).unwrap());
    forms.show(exchange.request());
    forms.show(exchange.proxy().unwrap());
    let (head, ()) = http::Response::new(()).into_parts();
    let mut reader = exchange.response(forms.show(Head::from(head))).unwrap();
    reader.push(KEY.as_bytes()).unwrap();
    forms.show(reader);
    forms.show(Stage::Proxy);
    forms.show(LazyConfig::new(options().transport(), account().base_url()).unwrap());
    forms.show(<Ureq as blocking::Transport>::new(options().transport(), account().base_url()).unwrap());
    forms.show(<Hyper as Transport>::new(options().transport(), account().base_url()).unwrap());
}

fn show_clients(forms: &mut DebugForms) {
    let builder = forms.show(offerslook_transport_ureq::Client::builder(account()).options(options()));
    let run = forms.show(builder.build().unwrap()).links(ids(2));
    let run = forms.show(run);
    forms.show(run.stop_handle());
    forms.show(run.progress_handle());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _entered = runtime.enter();
    let builder = forms.show(offerslook_transport_hyper::Client::builder(account()).options(options()));
    let run = forms.show(builder.build().unwrap()).links(ids(2));
    drop(forms.show(run));
    let tokio = forms.show(Tokio);
    forms.show(tokio.spawn(async { account() }));
}

fn show_sandbox(forms: &mut DebugForms) {
    let rule = Rule::new(Fault::KeyRevoked).on(Route::GetOfferCaps).with_probability(0.5);
    forms.show(rule.fault().clone());
    forms.show(Faults::from_json(KEY).unwrap_err());
    forms.show(When::Probability(Probability::nearest(0.5)));
    forms.show(Status::of::<500>());
    forms.show(Probability::nearest(0.5));
    if let Route::Custom(custom) = forms.show(Route::custom("GET", "/aff/v1/things/{id}").unwrap()) {
        forms.show(custom);
    }
    forms.show(Route::custom("get", "/").unwrap_err());
    let rule = forms.show(rule);
    let faults = forms.show(Faults::seeded(7).rule(rule));
    let (certificate, decision) = (forms.show(Certificate::Good), forms.show(ApplicationRule::Manual));
    let config = forms.show(sandbox_config().faults(faults).https(certificate).applications(decision));
    let sandbox = forms.show(Sandbox::start(config).unwrap());
    forms.show(sandbox.offer_kind(16).unwrap());
    forms.show(sandbox.affiliate_status(16).unwrap());
    let plain = Sandbox::start(sandbox_config()).unwrap();
    let base_url: BaseUrl = plain.base_url().parse().unwrap();
    let client = offerslook_transport_ureq::Client::new(Account::new(base_url, credentials())).unwrap();
    forms.show(client.send(&call()).unwrap());
    let arrivals = forms.show(plain.arrivals());
    forms.show(arrivals.newest.first().unwrap().clone());
}
