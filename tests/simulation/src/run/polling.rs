use std::time::Duration;

use offerslook_core::job::{Action, Attempt, AttemptId, Moment, Options};

use super::super::{
    job_under_test::{Subject, Yield},
    network::Route,
    oracle::{Violation, check},
    plan::Kind,
    server::Asked,
};
use super::{Event, Flight, Run, Running};

/// The maximum number of actions of a job at one moment.
const MAX_ACTIONS: usize = 2_000;

impl Run<'_> {
    /// Polls a job until it has nothing more to do.
    pub(super) fn poll(&mut self, job: usize) -> Result<(), Violation> {
        let running = &self.jobs[job];
        if running.subject.is_none()
            || running.is_done
            || running.pauses_until > self.now
            || running.is_abandoned()
        {
            return Ok(());
        }
        let running = &mut self.jobs[job];
        running.turn += 1;
        let Some(mut subject) = running.subject.take() else { return Ok(()) };
        let result = self.obey(job, &mut *subject);
        self.jobs[job].subject = Some(subject);
        result
    }

    fn obey(&mut self, job: usize, subject: &mut dyn Subject) -> Result<(), Violation> {
        let plan = self.jobs[job].plan;
        let mut told = None;
        for _ in 0..MAX_ACTIONS + if plan.is_endless { 0 } else { 2 * plan.ids.len() } {
            self.stop_perhaps(job, subject);
            let taken = self.jobs[job].taken.get();
            // As the drivers do, which do not look at the clock while items are ready.
            let (action, moment) = if let Some(item) = subject.ready() {
                (Action::Item(item), Moment::EPOCH)
            } else {
                let moment = *told.get_or_insert_with(|| self.tell_time(job));
                (subject.next(moment), moment)
            };
            self.input_is_bounded(job, taken)?;
            match action {
                Action::Send(attempt) => self.send(job, attempt)?,
                Action::Cancel(id) => self.cancel(job, id)?,
                Action::Quota(call) => {
                    let what = format!("a local quota is asked through the driver: {call:?}");
                    return Err(Violation { promise: "4", what });
                }
                Action::Item(seen) => {
                    self.see(job, &seen)?;
                    if self.jobs[job].is_abandoned() {
                        self.quota_model.neglect(job);
                        return Ok(());
                    }
                    if self.random.u64(..1_000) < self.jobs[job].plan.pauses {
                        let until = self.now + Duration::from_millis(self.random.u64(1..20_000));
                        self.jobs[job].pauses_until = until;
                        self.quota_model.neglect(job);
                        let turn = self.jobs[job].turn;
                        self.schedule(until, Event::Poll { job, turn });
                        return Ok(());
                    }
                }
                Action::Wait { until } => return self.wait(job, subject, moment, until),
                Action::Done => return self.done(job, subject, moment),
            }
        }
        // An endless repetition of ids that have an outcome takes no time.
        if plan.is_endless && !self.jobs[job].calls.is_closed() {
            let turn = self.jobs[job].turn;
            self.schedule(self.now + Duration::from_secs(1), Event::Poll { job, turn });
            return Ok(());
        }
        Err(Violation {
            promise: "liveness",
            what: "it has always something to do, at one moment".to_owned(),
        })
    }

    /// Stops the job after so many actions.
    fn stop_perhaps(&mut self, job: usize, subject: &mut dyn Subject) {
        self.jobs[job].actions += 1;
        if self.jobs[job].plan.stopped_after == Some(self.jobs[job].actions) {
            subject.stop(self.moment());
            self.jobs[job].calls.stopped();
            self.record(job, &[7], || "is stopped".to_owned());
            self.abandon_flights(job);
        }
    }

    /// Reads the clock for a job.
    fn tell_time(&mut self, job: usize) -> Moment {
        let moment = self.moment();
        self.jobs[job].calls.polled(moment);
        moment
    }

    fn wait(
        &mut self,
        job: usize,
        subject: &mut dyn Subject,
        moment: Moment,
        until: Option<Moment>,
    ) -> Result<(), Violation> {
        let progress = subject.progress();
        self.record(job, &[1], || format!("waits until {until:?}, {progress:?}"));
        self.jobs[job].calls.waits(until, &self.quota_model, progress)?;
        self.quota_model.wait(job, progress.waiting_until)?;
        check(subject.ready().is_none(), "8", || "it waits while an item is ready".to_owned())?;
        let again = subject.next(moment);
        check(matches!(again, Action::Wait { until: same } if same == until), "8", || {
            format!("it waits until {until:?}, and polled again at once it says {again:?}")
        })?;
        if let Some(until) = until {
            // A driver sleeps for so long, however its clock is set meanwhile, and wakes late.
            let late = Duration::from_micros(self.random.u64(..2_000));
            let turn = self.jobs[job].turn;
            self.schedule(self.now + until.since(moment) + late, Event::Poll { job, turn });
        }
        Ok(())
    }

    fn send(&mut self, job: usize, attempt: Attempt) -> Result<(), Violation> {
        let Attempt { ticket, request, timeout, .. } = attempt;
        let asked = Asked::read(&request);
        let count = u64::try_from(asked.ids().len()).unwrap_or(u64::MAX);
        let flight = self.next_flight;
        self.next_flight += 1;
        self.record(job, &[2, asked.ids().first().copied().unwrap_or_default(), count], || {
            format!("sends call {flight} for {} {asked:?}", asked.ids().len())
        });
        self.statistics.calls += 1;
        let running = &mut self.jobs[job];
        let mut ids = asked.ids().to_vec();
        if let Asked::Page { page, limit } = asked {
            running.lists.asks_for(page, limit)?;
            ids.push(u64::try_from(page).unwrap_or(u64::MAX));
        }
        let retries = running.calls.retries;
        running.calls.sent(flight, ids, timeout)?;
        self.statistics.retries += u64::from(running.calls.retries - retries);
        running.attempts.insert(ticket.id(), flight);
        self.quota_model.send(job, flight, self.jobs[job].plan.timeout)?;
        let window = self.plan.quota.window();
        let Route { arrives, ends } = self.plan.network.route(&mut self.random, timeout, window);
        if let Some(after) = arrives {
            self.schedule(self.now + after, Event::Arrive(flight));
        }
        if let Some((after, _)) = ends {
            self.schedule(self.now + after, Event::End(flight));
        }
        let patience = self.jobs[job].plan.timeout + Options::GRACE;
        let expires = self.plan.clock.measure(self.now).map(|at| at + patience);
        self.flights.insert(
            flight,
            Flight {
                job,
                completion: ticket.completion(),
                ticket: Some(ticket),
                request,
                end: ends.map(|(_, end)| end),
                reply: None,
                arrives_until: None,
                is_abandoned: false,
                expires,
            },
        );
        Ok(())
    }

    /// The driver ends a call that has timed out. Its request may still be on its way.
    fn cancel(&mut self, job: usize, id: AttemptId) -> Result<(), Violation> {
        self.statistics.cancelled += 1;
        let flight = self.jobs[job].attempts.remove(&id);
        self.record(job, &[10], || format!("cancels call {flight:?}"));
        let Some(index) = flight else {
            return Err(Violation { promise: "8 (cancel once)", what: format!("{id:?} is not known") });
        };
        let window = self.plan.quota.window();
        if let Some(flight) = self.flights.get_mut(&index) {
            flight.abandon(window);
        }
        self.jobs[job].calls.cancelled(index)
    }

    fn see(&mut self, job: usize, seen: &Yield) -> Result<(), Violation> {
        let number = match seen {
            Yield::Outcome { id, .. } | Yield::Row(id) => *id,
            _ => 0,
        };
        self.record(job, &[6, number], || format!("yields {seen:?}"));
        let Running { plan, calls, outcomes, lists, taken, items, .. } = &mut self.jobs[job];
        *items += 1;
        if let Yield::End(error) = seen
            && plan.kind != Kind::Numbers
        {
            calls.ended(error, &self.quota_model)?;
        }
        if plan.kind == Kind::Numbers {
            return lists.see(seen, &mut self.statistics);
        }
        let is_spent = |id| calls.is_spent(id);
        outcomes.see(seen, taken.get(), is_spent, (job, &self.server), &mut self.statistics)
    }

    /// Input is taken only so far ahead, once there are ids with rows to prove others by, or where it has no more ids
    /// to prove.
    fn input_is_bounded(&mut self, job: usize, taken_before: usize) -> Result<(), Violation> {
        let Running { plan, outcomes, taken, .. } = &self.jobs[job];
        let taken = taken.get();
        if taken == taken_before || !plan.kind.is_batch() {
            return Ok(());
        }
        let call = plan.max_ids();
        let window = 2 * plan.max_in_flight.max(8) * call.min(100);
        let outstanding = taken - outcomes.count;
        let has_rows = outcomes.received.ids() > 2;
        if has_rows {
            self.statistics.most_outstanding = self.statistics.most_outstanding.max(outstanding);
        }
        let is_unproved = !has_rows && outcomes.different > 2;
        let is_ending = outcomes.end().is_some() || self.jobs[job].calls.is_closed();
        check(
            outstanding <= window + 2 * (plan.max_in_flight + 1) * call || is_unproved || is_ending,
            "10 (memory)",
            || format!("{outstanding} elements have no outcome, and more are taken ({window} is the window)"),
        )?;
        Ok(())
    }

    /// Rows that wait for their turn are bounded.
    pub(super) fn rows_are_bounded(&self, job: usize) -> Result<(), Violation> {
        let Running { plan, outcomes, .. } = &self.jobs[job];
        let call = plan.max_ids();
        let window = 2 * plan.max_in_flight.max(8) * call.min(100);
        let waiting = outcomes.received.waiting;
        check(waiting <= window + 2 * (plan.max_in_flight + 1) * call, "10 (memory)", || {
            format!("{waiting} rows are waiting")
        })
    }

    fn done(&mut self, job: usize, subject: &mut dyn Subject, moment: Moment) -> Result<(), Violation> {
        self.record(job, &[8], || "is done".to_owned());
        self.quota_model.leave(job);
        self.abandon_flights(job);
        self.last_done = self.now;
        let running = &mut self.jobs[job];
        running.is_done = true;
        let progress = subject.progress();
        running.calls.finish(progress)?;
        let is_listing = running.plan.kind == Kind::Numbers;
        let count = if is_listing { running.lists.count() } else { running.outcomes.count };
        check(usize::try_from(progress.done) == Ok(count), "1", || {
            format!("done, and says {progress:?}, of {count}")
        })?;
        let was_stopped = running.calls.is_stopped_or_late();
        if is_listing {
            let was_disturbed =
                was_stopped || running.calls.was_disturbed || self.quota_model.was_paused_too_long();
            let calls = (self.server.calls, running.calls.sends);
            running.lists.finish(calls, was_disturbed, &mut self.statistics)?;
        } else {
            running.outcomes.finish(running.taken.get(), was_stopped)?;
        }
        if let Some(report) = subject.report() {
            self.statistics.reported_rows += running.outcomes.report_is_true(report)?;
        }
        self.costs_are_bounded(job)?;
        let mut is_still_done = matches!(subject.next(moment), Action::Done);
        subject.stop(moment);
        is_still_done &= matches!(subject.next(moment), Action::Done);
        check(is_still_done, "11", || "it was done, and goes on".to_owned())
    }

    /// Where nothing disturbs a batch that reads, it needs the fewest calls that carry all ids, those that carry the
    /// ids without a row once more, and for each refused id those on the way down to it, with their repeats. Ids that are
    /// less or greater than all with a row may take a call each: whether a server that sorts them gets that far is known
    /// for small calls alone.
    fn costs_are_bounded(&self, job: usize) -> Result<(), Violation> {
        let Running { plan, calls, outcomes, .. } = &self.jobs[job];
        if !self.plan.is_calm(plan) || plan.kind != Kind::Links {
            return Ok(());
        }
        let size = plan.max_ids();
        let (refused, rowless, outside) = outcomes.costly_ids(&self.plan.world);
        // Where a call has no room for two more ids, those are asked in between.
        let proof = if size < 4 { 2 * rowless } else { rowless.div_ceil(size - 2) };
        let depth: usize = size.next_power_of_two().ilog2().try_into().unwrap_or(usize::MAX);
        let asking = plan.ids.len().div_ceil(size);
        let most = asking + 3 * proof + outside + refused * (3 * depth + 6) + 30;
        check(usize::try_from(calls.sends).is_ok_and(|sends| sends <= most), "5 (calls)", || {
            format!("it took {} calls, and {most} are enough", calls.sends)
        })
    }
}
