use offerslook_core::{
    Response,
    error::Delivery,
    job::{Moment, Ticket},
};

use super::super::{
    oracle::{Answer, Violation, check},
    server::{Asked, ReplyKind},
};
use super::{Event, Run};

impl Run<'_> {
    pub(super) fn arrive(&mut self, index: usize) -> Result<(), Violation> {
        let Some(flight) = self.flights.get(&index) else { return Ok(()) };
        let (most, window) = (self.plan.quota.calls(), self.plan.quota.window());
        let measured = self.plan.clock.measure(self.now);
        // The exception that the promise makes: the network delivers a request later than that.
        let timed_out = flight.expires.map(|at| at + window);
        let until = flight.arrives_until.into_iter().chain(timed_out).min();
        if until.zip(measured).is_some_and(|(until, now)| now >= until) {
            return Ok(());
        }
        let job = flight.job;
        let reply = self.server.answer(&flight.request, job, self.now);
        self.statistics.arrivals += 1;
        self.trace.record(self.now, &[3], || {
            let rows = match &reply.kind {
                ReplyKind::Rows(rows) => {
                    let ids: Vec<_> = rows.usable.iter().map(|(id, _)| id).collect();
                    format!("{} rows {ids:?}", ids.len())
                }
                other => format!("{other:?}"),
            };
            format!("call {index} arrives: {rows} {:?}", reply.pause)
        });
        let seen = measured.map_or(0, |now| self.arrivals.arrive(now));
        let answer = Answer::Reply(reply.kind, reply.pause);
        if let Some(flight) = self.flights.get_mut(&index) {
            flight.reply = Some((reply.response, answer));
        }
        let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
        check(seen <= most, "2", || {
            format!("{seen} calls arrived within {window:?}, and the quota is {most}")
        })
    }

    /// A call ends. Its driver reports that to the quota at once, and to the job as soon as it is polled.
    pub(super) fn end(&mut self, index: usize) -> Result<(), Violation> {
        let window = self.plan.quota.window();
        let measured = self.plan.clock.measure(self.now);
        let moment = self.moment();
        let Some(flight) = self.flights.get_mut(&index) else { return Ok(()) };
        // Some drivers report the end of a call that they have ended themselves, others do not.
        if flight.is_abandoned && !index.is_multiple_of(3) {
            return Ok(());
        }
        let Some((answer, meant)) = flight.answer() else { return Ok(()) };
        let may_arrive = matches!(meant, Answer::Failure(Delivery::Unknown));
        if matches!(meant, Answer::Failure(_)) {
            let until = measured.map(|at| at + window);
            flight.arrives_until = flight.arrives_until.into_iter().chain(until).min();
        }
        flight.completion.finish(moment, &answer);
        self.quota_model.finish(index, moment, may_arrive);
        if let Answer::Reply(kind, pause) = &meant
            && (pause.is_some() || *kind == ReplyKind::Limited)
        {
            self.quota_model.pause(*pause);
        }
        self.results.insert(index, (answer, meant));
        self.tell(index)
    }

    /// Tells a job how a call ended, unless its driver is busy elsewhere.
    pub(super) fn tell(&mut self, index: usize) -> Result<(), Violation> {
        let Some(flight) = self.flights.get_mut(&index) else { return Ok(()) };
        let job = flight.job;
        let running = &self.jobs[job];
        if running.is_abandoned() {
            return Ok(());
        }
        // Some drivers take answers while nobody takes items, others do not.
        if running.pauses_until > self.now && index.is_multiple_of(2) {
            self.schedule(running.pauses_until, Event::Tell(index));
            return Ok(());
        }
        let Some((ticket, (answer, meant))) = flight.ticket.take().zip(self.results.remove(&index)) else {
            return Ok(());
        };
        let moment = self.moment();
        if self.random.u64(..1_000) < self.plan.misdirected {
            return self.misdirect(job, ticket, moment);
        }
        let running = &mut self.jobs[job];
        let Some(subject) = &mut running.subject else { return Ok(()) };
        let before = subject.progress().in_flight;
        check(subject.answered(ticket, moment, answer).is_ok(), "1", || {
            "it does not know its ticket".to_owned()
        })?;
        let is_taken = subject.progress().in_flight < before;
        running.calls.told(moment);
        self.record(job, &[4, u64::from(is_taken)], || {
            format!("is told of call {index}{}", if is_taken { "" } else { ", and does not care" })
        });
        if is_taken {
            let is_alone =
                self.flights.get(&index).is_some_and(|it| Asked::read(&it.request).ids().len() == 1);
            let running = &mut self.jobs[job];
            running.calls.answered(index, &meant)?;
            match meant {
                Answer::Reply(ReplyKind::Page(rows, _), _) => running.lists.received(&rows),
                Answer::Reply(ReplyKind::Rows(rows), _) => running.outcomes.received.take(rows),
                Answer::Reply(ReplyKind::Undecodable, _) if is_alone => {
                    running.outcomes.received.undecodable += 1;
                }
                _ => {}
            }
        }
        self.rows_are_bounded(job)?;
        self.poll(job)
    }

    /// Hands a ticket to the wrong job, which must not take it. Its own job never sees it again.
    fn misdirect(&mut self, job: usize, ticket: Ticket, moment: Moment) -> Result<(), Violation> {
        let wrong = (job + 1) % self.jobs.len();
        let Some(subject) = self.jobs[wrong].subject.as_mut().filter(|_| wrong != job) else { return Ok(()) };
        let before = subject.progress();
        let is_refused = subject.answered(ticket, moment, Ok(Response::default())).is_err();
        let is_unchanged = subject.progress() == before;
        self.record(wrong, &[5], || format!("is given a ticket of job {job}"));
        check(is_refused && is_unchanged, "11", || "it takes the ticket of another job".to_owned())
    }

    pub(super) fn stop(&mut self, job: usize) -> Result<(), Violation> {
        let moment = self.moment();
        let running = &mut self.jobs[job];
        let Some(subject) = &mut running.subject else { return Ok(()) };
        subject.stop(moment);
        running.calls.stopped();
        self.record(job, &[7], || "is stopped".to_owned());
        self.abandon_flights(job);
        self.poll(job)
    }
}
