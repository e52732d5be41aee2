//! The client of either transport, and the runs of its jobs.

mod delivery;
mod driver;
mod logged;
mod run;

use offerslook_core::{
    Account, Batched, IntoOfferId, SetupError,
    job::{Batch, Job, Jobs, Options, Quota, Report},
};
use offerslook_transport_hyper::Hyper;
use offerslook_transport_ureq::Ureq;
use tokio::runtime::Handle;

use self::{delivery::Delivering, driver::OnWorker, logged::Logged, run::Running};
use crate::{failure::Failure, signals::Interrupt};

pub(crate) use run::{Event, Run};

pub(crate) struct Client {
    transport: Transport,
    interrupt: Interrupt,
}

enum Transport {
    Hyper { client: offerslook_client::Client<Logged<Hyper>>, worker: Handle },
    Ureq(offerslook_client::blocking::Client<Logged<Ureq>>),
}

pub(crate) struct Parts {
    pub(crate) account: Account,
    pub(crate) options: Options,
    pub(crate) quota: Quota,
}

impl Client {
    /// Builds a client on hyper, whose tasks run on this worker.
    pub(crate) fn on_hyper(parts: Parts, worker: &Handle, interrupt: &Interrupt) -> Result<Self, SetupError> {
        let builder = offerslook_client::Client::builder(parts.account);
        let client = builder.options(parts.options).quota(parts.quota).build()?;
        let transport = Transport::Hyper { client, worker: worker.clone() };
        Ok(Self { transport, interrupt: interrupt.clone() })
    }

    pub(crate) fn on_ureq(parts: Parts, interrupt: &Interrupt) -> Result<Self, SetupError> {
        let builder = offerslook_client::blocking::Client::builder(parts.account);
        let client = builder.options(parts.options).quota(parts.quota).build()?;
        Ok(Self { transport: Transport::Ureq(client), interrupt: interrupt.clone() })
    }

    pub(crate) fn jobs(&self) -> &Jobs {
        match &self.transport {
            Transport::Hyper { client, .. } => client.jobs(),
            Transport::Ureq(client) => client.jobs(),
        }
    }

    /// Runs a job on a thread of its own.
    pub(crate) fn run<J>(&self, job: J) -> Result<Run<J::Item>, Failure>
    where
        J: Job<Item: Send> + Send + 'static,
    {
        Run::of(job, |_| Report::default(), |job| self.start(job))
    }

    /// Runs a batch, which ends with a report.
    pub(crate) fn run_batch<E, I>(&self, job: Batch<E, I>) -> Result<Run<<Batch<E, I> as Job>::Item>, Failure>
    where
        E: Batched<Row: Send, Item: Send> + Send + 'static,
        I: Iterator<Item: IntoOfferId> + Send + 'static,
        Batch<E, I>: Job<Item: Send> + Send,
    {
        Run::of(job, |job| job.report().clone(), |job| self.start(job))
    }

    fn start(&self, job: Delivering) -> Result<Running, Failure> {
        match &self.transport {
            Transport::Hyper { client, worker } => {
                Running::start(OnWorker { worker: worker.clone(), run: client.run(job) }, &self.interrupt)
            }
            Transport::Ureq(client) => Running::start(client.run(job), &self.interrupt),
        }
    }
}
