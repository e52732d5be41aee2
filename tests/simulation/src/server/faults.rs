use std::time::Duration;

use fastrand::Rng;

use super::super::{
    behaviour::{Fault, Oddity, Pause, Refusal, Revocation},
    world::Truth,
};
use super::{Asked, Reply, ReplyKind, Server, body};

impl Server<'_> {
    /// Answers with a fault.
    pub(super) fn fail(
        &mut self,
        fault: Fault,
        asked: &Asked,
        job: usize,
        random: &mut Rng,
        now: Duration,
    ) -> Reply {
        let mut transient = |server: &mut Self, status, text: &str, pause: Pause| {
            server.act_perhaps(asked, job, random);
            let response = body::response(status, text.to_owned(), pause, now);
            Reply { response, kind: ReplyKind::Transient, pause: pause.length() }
        };
        match fault {
            Fault::Limited(pause) => limited(pause, now, random),
            Fault::LimitedByCode(pause) => Reply {
                response: body::response(200, r#"{"code":"42901","message":"Slow down"}"#, pause, now),
                kind: ReplyKind::Limited,
                pause: pause.length(),
            },
            Fault::Unavailable(pause) if pause.length().is_some() => Reply {
                response: body::response(503, "", pause, now),
                kind: ReplyKind::TurnedAway,
                pause: pause.length(),
            },
            Fault::Unavailable(pause) => transient(self, 503, "", pause),
            Fault::Failed(pause) => transient(self, 500, r#"{"code":1,"message":"Oops"}"#, pause),
            Fault::FailedByCode(code) => {
                let text = format!(r#"{{"code":{code},"message":"Internal error","data":[]}}"#);
                transient(self, 200, &text, Pause::Absent)
            }
            Fault::Gateway => {
                transient(self, 504, "<html><h1>504 Gateway Time-out</h1></html>", Pause::Absent)
            }
            Fault::Truncated if self.is_refused(asked.ids()) => {
                self.note_refusal(asked, job);
                refused(self.behaviour.refusal)
            }
            Fault::Truncated => {
                let mut whole = match *asked {
                    Asked::Page { page, limit } => self.page(page, limit, job).response,
                    _ => body::response(200, body::rows(asked, &[(7, Truth::Link)]), Pause::Absent, now),
                };
                self.act_perhaps(asked, job, random);
                let length = random.usize(..whole.body().len());
                *whole.body_mut() = whole.body().slice(..length);
                Reply { response: whole, kind: ReplyKind::Transient, pause: None }
            }
            Fault::Refused(refusal) => {
                self.note_refusal(asked, job);
                let reply = refused(refusal);
                if reply.kind == ReplyKind::Undecodable {
                    self.act_perhaps(asked, job, random);
                }
                reply
            }
        }
    }
}

fn plain(status: u16, body: &'static str, kind: ReplyKind) -> Reply {
    Reply { response: body::response(status, body, Pause::Absent, Duration::ZERO), kind, pause: None }
}

pub(super) fn limited(pause: Pause, now: Duration, random: &mut Rng) -> Reply {
    let bodies = [
        r#"{"code":429,"message":"Too many calls"}"#,
        r#"{"code":9317,"message":"Too many calls"}"#,
        r#"{"code":0,"message":"Success","data":{"tracking_link":[]}}"#,
        "",
        "<html>429</html>",
    ];
    let body = bodies[random.usize(..bodies.len())];
    Reply { response: body::response(429, body, pause, now), kind: ReplyKind::Limited, pause: pause.length() }
}

pub(super) fn denied(how: Revocation) -> Reply {
    let (status, http, body) = match how {
        Revocation::Unauthorized => (401, 401, r#"{"code":1,"message":"No access"}"#),
        Revocation::Forbidden => (403, 403, r#"{"code":1,"message":"No access"}"#),
        Revocation::Code => (401, 200, r#"{"code":401,"message":"No access","data":[]}"#),
    };
    plain(http, body, ReplyKind::Denied(status))
}

pub(super) fn refused(how: Refusal) -> Reply {
    let body = r#"{"code":1007,"message":"Bad offer id","data":[]}"#;
    match how {
        Refusal::BadRequest => plain(400, body, ReplyKind::Refused),
        Refusal::Forbidden => plain(403, body, ReplyKind::Denied(403)),
        Refusal::NotFound => plain(404, body, ReplyKind::Refused),
        Refusal::Unprocessable => plain(422, body, ReplyKind::Refused),
        Refusal::Code => plain(200, body, ReplyKind::Refused),
        Refusal::RenamedKey => {
            plain(200, r#"{"code":0,"data":{"trackingLinks":[]}}"#, ReplyKind::Undecodable)
        }
        Refusal::Undecodable => {
            let body = r#"{"code":0,"data":{"tracking_link":7,"offer_application":7,"rowset":7}}"#;
            plain(200, body, ReplyKind::Undecodable)
        }
    }
}

pub(super) fn strange(oddity: Oddity) -> Reply {
    match oddity {
        Oddity::Page => plain(200, "<!doctype html><title>Welcome</title>", ReplyKind::Foreign),
        Oddity::Teapot => plain(418, "", ReplyKind::Foreign),
        Oddity::Redirect => plain(302, "", ReplyKind::Foreign),
    }
}
