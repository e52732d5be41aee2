use std::time::Duration;

use offerslook_core::job::{Action, Attempt, Job, Moment};

use super::super::{
    body,
    broken::{Broken, check},
    items::Known,
    network::Route,
    plan::Kind,
    subject::{Seen, Subject},
};
use super::{Event, Flight, Run, Running};

impl Run<'_> {
    /// Asks a job until it has nothing more to do.
    pub(super) fn ask(&mut self, job: usize) -> Result<(), Broken> {
        let moment = self.moment();
        let running = &mut self.jobs[job];
        if running.done || running.resting_until > self.now {
            return Ok(());
        }
        running.turn += 1;
        let Some(mut subject) = running.subject.take() else { return Ok(()) };
        for lost in running.watch.asked(moment) {
            let at = self.plan.clock.measure(self.now);
            if let Some(flight) = self.flights.get_mut(&lost) {
                flight.given_up = flight.given_up.or(at);
            }
        }
        let result = self.obey(job, &mut subject, moment);
        self.jobs[job].subject = Some(subject);
        result
    }

    fn obey(&mut self, job: usize, subject: &mut Subject, moment: Moment) -> Result<(), Broken> {
        loop {
            let action = subject.next(moment);
            self.let_go(job, subject);
            match action {
                Action::Send(attempt) => self.send(job, attempt)?,
                Action::Item(seen) => {
                    self.see(job, &seen)?;
                    if self.dice.u64(..256) < self.jobs[job].plan.rests {
                        let rest = self.now + Duration::from_millis(self.dice.u64(1..20_000));
                        self.jobs[job].resting_until = rest;
                        let turn = self.jobs[job].turn;
                        self.schedule(rest, Event::Ask { job, turn });
                        return Ok(());
                    }
                }
                Action::Wait { until } => {
                    self.jobs[job].watch.waits(until, self.latest, subject.progress())?;
                    let again = subject.next(moment);
                    check(matches!(again, Action::Wait { until: same } if same == until), "8", || {
                        format!("it waits until {until:?}, and asked again at once it says {again:?}")
                    })?;
                    self.note(job, &[1], || format!("waits until {until:?}"));
                    if let Some(until) = until {
                        // A driver sleeps for so long, however its clock is set meanwhile, and wakes late.
                        let late = Duration::from_micros(self.dice.u64(..2_000));
                        let turn = self.jobs[job].turn;
                        self.schedule(self.now + until.since(moment) + late, Event::Ask { job, turn });
                    }
                    return Ok(());
                }
                Action::Done => return self.done(job, subject, moment),
            }
        }
    }

    /// A listing may see its end before all is answered.
    fn let_go(&mut self, job: usize, subject: &Subject) {
        let running = &mut self.jobs[job];
        let nothing_in_the_air = running.plan.kind == Kind::Numbers && subject.progress().in_flight == 0;
        if nothing_in_the_air && running.watch.let_go() {
            self.give_up(|flight| flight.job == job);
        }
    }

    fn send(&mut self, job: usize, attempt: Attempt) -> Result<(), Broken> {
        let Attempt { ticket, request, timeout, .. } = attempt;
        let (_, ids) = body::asked(&request);
        let flight = self.next_flight;
        self.next_flight += 1;
        let first = ids.first().copied().unwrap_or_default();
        let count = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        self.note(job, &[2, first, count], || format!("sends call {flight} for {ids:?}"));
        self.tally.calls += 1;
        if let (Kind::Numbers, [page]) = (self.jobs[job].plan.kind, &ids[..]) {
            self.jobs[job].rows.asks_for(*page)?;
        }
        check(timeout == self.jobs[job].plan.timeout, "8", || format!("the timeout is {timeout:?}"))?;
        let retries = self.jobs[job].watch.retries;
        self.jobs[job].watch.sent(flight, ids, timeout)?;
        self.tally.retries += u64::from(self.jobs[job].watch.retries - retries);
        let Route { arrives, told } =
            self.plan.network.route(&mut self.dice, timeout, self.plan.quota.window());
        if let Some(after) = arrives {
            self.schedule(self.now + after, Event::Arrive(flight));
        }
        if let Some((after, _)) = told {
            self.schedule(self.now + after, Event::Tell(flight));
        }
        let told = told.map(|(_, told)| told);
        let ticket = Some(ticket);
        self.flights.insert(flight, Flight { job, ticket, request, told, reply: None, given_up: None });
        Ok(())
    }

    fn see(&mut self, job: usize, seen: &Seen) -> Result<(), Broken> {
        let number = match seen {
            Seen::Outcome { id, .. } => *id,
            _ => 0,
        };
        self.note(job, &[6, number], || format!("hands out {seen:?}"));
        let Running { plan, watch, items, rows, tap, .. } = &mut self.jobs[job];
        if plan.kind == Kind::Numbers {
            return rows.see(seen, &mut self.tally);
        }
        if let Seen::Stopped(error) = seen {
            watch.ended(error)?;
        }
        let deeds = &self.server.deeds;
        let known = |id| Known {
            deeds: deeds.get(&(job, id)).copied().unwrap_or_default(),
            is_spent: watch.is_spent(id),
        };
        items.see(seen, &self.plan.world, tap.taken(), known, &mut self.tally)?;
        let ahead = 4 * plan.max_in_flight.get() * plan.ids_per_request.get() + 1;
        let outstanding = items.outstanding(tap.taken());
        let is_bounded = outstanding <= ahead || items.has_repeats || !plan.kind.is_batch();
        check(is_bounded, "10", || format!("{outstanding} ids are outstanding"))
    }

    fn done(&mut self, job: usize, subject: &mut Subject, moment: Moment) -> Result<(), Broken> {
        self.note(job, &[8], || "is done".to_owned());
        let running = &mut self.jobs[job];
        running.done = true;
        self.last_done = self.now;
        let progress = subject.progress();
        running.watch.counts(progress)?;
        let is_listing = running.plan.kind == Kind::Numbers;
        let handed = if is_listing { running.rows.handed } else { running.items.outcomes };
        check(progress.done == handed && progress.in_flight == 0, "1", || {
            format!("done, and says {progress:?}")
        })?;
        let was_asked = running.watch.was_asked_to_stop();
        if is_listing {
            running.rows.finish(was_asked || running.watch.was_disturbed)?;
        } else {
            running.items.finish(running.tap.taken(), was_asked)?;
        }
        let sends = running.watch.sends;
        if let Some(most) = self.plan.most_calls(running.plan) {
            let most = u64::try_from(most).unwrap_or(u64::MAX);
            check(sends <= most, "5", || format!("it took {sends} calls, and {most} are enough"))?;
        }
        let later = moment + Duration::from_secs(1_000);
        let mut still_done = matches!(subject.next(moment), Action::Done);
        still_done &= matches!(subject.next(later), Action::Done);
        subject.stop(later);
        still_done &= matches!(subject.next(later), Action::Done);
        check(still_done, "11", || "it was done, and goes on".to_owned())
    }
}
