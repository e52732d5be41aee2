use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel},
    thread::{self, JoinHandle},
    vec,
};

use offerslook_core::{
    Error, StopCause,
    drive::{ProgressHandle, StopHandle},
    job::{Job, Progress, Report},
};

use super::{
    delivery::{Delivering, Delivery, MAX_TOGETHER, NobodyTakesThem, Parcel},
    driver::Driver,
};
use crate::{
    console::Console,
    failure::Failure,
    progress::{ProgressLine, REDRAW},
    signals::{Interrupt, Interruptible},
};

/// A job that runs on a thread of its own, so that whoever takes its items knows when none is ready.
pub(crate) struct Run<T> {
    parcels: Receiver<Parcel>,
    /// What has been received.
    ready: vec::IntoIter<T>,
    report: Report,
    running: Running,
    line: Option<ProgressLine>,
    is_idle: bool,
}

pub(super) struct Running {
    progress: ProgressHandle,
    stop: StopHandle,
    thread: Option<JoinHandle<()>>,
    /// Ctrl-C stops the job as long as there is one.
    _interruptible: Interruptible,
}

pub(crate) enum Event<T> {
    Item(T),
    /// No item is ready: the time to flush what was written.
    Idle,
}

/// The items that wait for whoever takes them. The job goes on meanwhile.
const MAX_READY: usize = 1_024;

impl Running {
    /// Runs a job to its end, or until nobody takes its items.
    pub(super) fn start(
        driver: impl Driver<Item = Result<(), NobodyTakesThem>> + Send + 'static,
        interrupt: &Interrupt,
    ) -> Result<Self, Failure> {
        let (progress, stop) = (driver.progress_handle(), driver.stop_handle());
        let stopped_by_signal = stop.clone();
        let interruptible = interrupt.stops(move || stopped_by_signal.stop());
        let run = move || {
            let mut driver = driver;
            while let Some(Ok(())) = driver.next() {}
        };
        let thread = thread::Builder::new()
            .name("job".to_owned())
            .spawn(run)
            .map_err(|cause| Failure::not_possible("start a thread", &cause))?;
        Ok(Self { progress, stop, thread: Some(thread), _interruptible: interruptible })
    }
}

impl<T: 'static> Run<T> {
    /// Runs a job on a thread of its own, which `start` begins.
    pub(super) fn of<J>(
        job: J,
        report_of: fn(&J) -> Report,
        start: impl FnOnce(Delivering) -> Result<Running, Failure>,
    ) -> Result<Self, Failure>
    where
        J: Job<Item = T> + Send + 'static,
        T: Send + 'static,
    {
        let (sender, parcels) = sync_channel(MAX_READY / MAX_TOGETHER);
        let running = start(Box::new(Delivery { job, ready: Vec::new(), report_of, parcels: sender }))?;
        let (ready, report) = (vec::IntoIter::default(), Report::default());
        Ok(Self { parcels, ready, report, running, line: None, is_idle: false })
    }

    /// Shows the progress on a terminal, of so many ids if that is known.
    pub(crate) fn show_progress(&mut self, ids: Option<usize>, console: &Console) {
        if !console.is_quiet() {
            self.line = Some(ProgressLine::new(ids, self.running.progress.clone(), console));
        }
    }

    /// Waits for the next event; `None` at the end of the run.
    pub(crate) fn next_event(&mut self) -> Option<Event<T>> {
        if let Some(item) = self.ready.next() {
            return Some(Event::Item(item));
        }
        match self.parcels.try_recv() {
            Ok(parcel) => return self.open(parcel),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) if !self.is_idle => {
                self.is_idle = true;
                return Some(Event::Idle);
            }
            Err(TryRecvError::Empty) => {}
        }
        loop {
            if let Some(line) = &self.line {
                line.redraw();
            }
            match self.parcels.recv_timeout(REDRAW) {
                Ok(parcel) => return self.open(parcel),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Takes a parcel. There is nothing after the report.
    fn open(&mut self, parcel: Parcel) -> Option<Event<T>> {
        match parcel {
            Parcel::Items(items) => {
                self.is_idle = false;
                self.ready = items.downcast::<Vec<T>>().ok()?.into_iter();
                self.ready.next().map(Event::Item)
            }
            Parcel::Report(report) => {
                self.report = report;
                None
            }
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        self.running.progress.progress()
    }

    /// Returns the report of a batch that is over.
    pub(crate) fn into_report(mut self) -> Report {
        std::mem::take(&mut self.report)
    }
}

impl<T> Drop for Run<T> {
    /// Ends the job, and waits for its thread: what it runs on may be gone next.
    fn drop(&mut self) {
        let (_, nobody) = sync_channel(0);
        self.parcels = nobody;
        self.running.stop.stop();
        if let Some(thread) = self.running.thread.take() {
            let _ = thread.join();
        }
    }
}

impl<T: 'static> Run<Result<T, Error>> {
    /// Takes all items of a job. Returns the error that ended it early, if one did.
    pub(crate) fn for_each(mut self, mut take: impl FnMut(T)) -> Option<Error> {
        let mut end = None;
        while let Some(event) = self.next_event() {
            match event {
                Event::Item(Ok(item)) => take(item),
                Event::Item(Err(error)) => end = Some(error),
                Event::Idle => {}
            }
        }
        end
    }

    /// Waits for the only item of a job.
    pub(crate) fn result(mut self) -> Result<T, Error> {
        loop {
            match self.next_event() {
                Some(Event::Item(item)) => return item,
                Some(Event::Idle) => {}
                None => return Err(Error::Stopped(StopCause::Requested)),
            }
        }
    }
}
