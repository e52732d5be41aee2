//! `offerslook api`: any call of the configured host.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::collections::BTreeSet;

use clap::Args;
use http::{
    HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use offerslook_core::{Encoder, Endpoint, Payload, Request, Response, Spec, parse};
use serde::Deserialize;

use super::change::{self, ChangeOptions};
use crate::{
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{AccountOptions, CallOptions, FileOption},
    output::{Inputs, Sink},
    safe_text::safe_text,
    session::Session,
};

#[derive(Args)]
pub(crate) struct Api {
    /// HTTP method: GET, POST, PUT or DELETE
    #[arg(value_name = "METHOD", value_parser = ["GET", "POST", "PUT", "DELETE"], ignore_case = true)]
    method: String,

    /// Path on the configured host, with its query
    #[arg(value_name = "PATH")]
    path: String,

    /// Send this JSON as the body
    #[arg(long, value_name = "JSON")]
    data: Option<String>,

    /// Read all pages of a list, and print one row per line
    #[arg(long)]
    paginate: bool,

    #[command(flatten)]
    change: ChangeOptions,
    #[command(flatten)]
    account: AccountOptions,
    #[command(flatten)]
    connection: CallOptions,
    #[command(flatten)]
    output: FileOption,
}

/// The body of any response, as it is.
struct Anything;

impl Endpoint for Anything {
    const SPEC: Spec = Spec::get("any", "/aff", Payload::Nothing);
    type Output = ();

    fn encode(&self, _request: &mut Encoder) {}
}

/// As much of a list as tells how to go on.
#[derive(Deserialize)]
struct Listed<'body> {
    #[serde(borrow)]
    data: ListedPage<'body>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListedPage<'body> {
    #[serde(borrow)]
    rowset: Vec<&'body serde_json::value::RawValue>,
    total_pages: Option<u64>,
}

/// Sends a request, and prints the body of the response, whatever its status.
pub(crate) fn run(command: &Api, context: &Context) -> Result<Exit, Failure> {
    let is_change = !command.method.eq_ignore_ascii_case("GET");
    command.check(is_change)?;
    let session =
        Session::open(context, &command.account, &command.connection, command.connection.builder()?)?;
    let request = command.request(&command.path, &session)?;
    if command.change.dry_run {
        return change::print(&request, context);
    }
    let inputs = Inputs::of_call(&command.account, &command.connection, context);
    let mut sink = Sink::open(command.output.path(), &inputs, session.interrupt())?;
    if is_change {
        let what = format!("{} {}", request.method(), request.uri());
        command.change.confirm(&what, context)?;
    }
    if command.paginate {
        return command.paginate(sink, &session, context);
    }
    let response = send(request, &session)?;
    sink.write(shown(response.body(), &sink, context).as_bytes())?;
    let ended = ended(&response);
    sink.finish(ended.is_ok())?.tell(&context.console);
    ended.map(|()| Exit::Success)
}

impl Api {
    fn check(&self, is_change: bool) -> Result<(), Failure> {
        if !self.path.starts_with('/') || self.path.starts_with("//") {
            return Err(Failure::usage(
                "the path has to start with one slash",
                "Write it such as /aff/v1/offers?limit=5; the host is the configured one.",
            ));
        }
        if self.paginate && is_change {
            return Err(Failure::usage("--paginate reads, and this is a change", "Use GET."));
        }
        if let Some(data) = &self.data {
            serde_json::from_str::<serde::de::IgnoredAny>(data)
                .map_err(|cause| Failure::usage(format_args!("--data is not JSON: {cause}"), ""))?;
        }
        if is_change { self.change.check() } else { Ok(()) }
    }

    fn request(&self, path: &str, session: &Session) -> Result<Request, Failure> {
        let account = session.account();
        let request = account.request(&Anything).map_err(|error| Failure::of_api(&error.into(), false))?;
        let (mut head, _) = request.into_parts();
        let base_url = account.base_url();
        head.uri = format!("{}{}{path}", base_url.origin(), base_url.prefix()).parse().map_err(|_| {
            Failure::usage("the path is not part of a URL", "Percent-encode what is not plain.")
        })?;
        head.method = self
            .method
            .to_ascii_uppercase()
            .parse()
            .map_err(|_| Failure::usage("the method is not one of HTTP", ""))?;
        let body = self.data.clone().unwrap_or_default();
        if self.data.is_some() {
            head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else if matches!(head.method.as_str(), "POST" | "PUT") {
            head.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(Request::from_parts(head, body.into()))
    }

    /// Prints all pages. Those before one that fails are kept.
    fn paginate(&self, mut sink: Sink, session: &Session, context: &Context) -> Result<Exit, Failure> {
        let mut seen = BTreeSet::new();
        let read = self.read_pages(&mut sink, &mut seen, session, context);
        if read.is_ok() || !seen.is_empty() {
            sink.finish(read.is_ok())?.tell(&context.console);
        }
        read.map(|()| Exit::Success)
    }

    /// Reads page after page, until the list says that there are no more, nothing new comes, or nobody reads any more.
    fn read_pages(
        &self,
        sink: &mut Sink,
        seen: &mut BTreeSet<String>,
        session: &Session,
        context: &Context,
    ) -> Result<(), Failure> {
        for page in 1_u64.. {
            let response = send(self.request(&with_page(&self.path, page), session)?, session)?;
            ended(&response)?;
            let listed: Listed<'_> = serde_json::from_slice(response.body()).map_err(|cause| {
                Failure::new(
                    Exit::NotUnderstood,
                    format_args!("the response is not a page of a list: {cause}"),
                    "Leave out --paginate to see it.",
                )
            })?;
            let (before, mut rows) = (seen.len(), String::new());
            for row in &listed.data.rowset {
                if seen.insert(row.get().to_owned()) {
                    rows += &shown(row.get().as_bytes(), sink, context);
                }
            }
            sink.write(rows.as_bytes())?;
            let is_last = listed.data.total_pages.is_some_and(|pages| page >= pages);
            if is_last || seen.len() == before || sink.reader_is_gone() {
                break;
            }
        }
        Ok(())
    }
}

/// The path with this page in its query.
fn with_page(path: &str, page: u64) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("offset="));
    let pairs: Vec<_> = others.map(str::to_owned).chain([format!("offset={page}")]).collect();
    format!("{path}?{}", pairs.join("&"))
}

fn send(request: Request, session: &Session) -> Result<Response, Failure> {
    let response = session.client.run(session.client.jobs().execute(request))?.result();
    response.map_err(|error| Failure::of_api(&error, false))
}

/// What the response means, whatever it carries.
fn ended(response: &Response) -> Result<(), Failure> {
    parse::<Anything>(response).map_err(|error| Failure::of_api(&error, false))
}

/// A body as it is written: a line, or more.
fn shown(body: &[u8], sink: &Sink, context: &Context) -> String {
    let text = String::from_utf8_lossy(body);
    let mut text = context.console.secrets().redact(&text).into_owned();
    if sink.is_terminal() {
        text = text.lines().map(safe_text).collect::<Vec<_>>().join("\n");
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
