//! The core in an event loop: many calls in flight on one thread, without an async runtime.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::{
    env,
    hash::{BuildHasher, RandomState},
    io::{self, ErrorKind, Read, Write},
    net::ToSocketAddrs,
    time::Instant,
};

use anyhow::{Context, Result};
use http1::ResponseReader;
use mio::{Events, Interest, Poll, Token, net::TcpStream};
use offerslook_core::{
    Account, Response, Settings, TransportError,
    job::{Action, Attempt, Job, Jobs, Moment, Options, Quota, StoreError},
    transport::{Exchange, Stage},
};

fn main() -> Result<()> {
    let usage = "event-loop N CALLS/SECONDS IDS_PER_CALL";
    let [ids, rate, ids_per_call] = [1, 2, 3].map(|position| env::args().nth(position).context(usage));
    let account = Account::from_variables(|name| env::var(name).ok())?;
    let options = Options::builder().ids_per_request(ids_per_call?.parse()?).build()?;
    // The hasher of the standard library has a random seed.
    let jobs = Jobs::new(account, options, Quota::new(rate?.parse()?), RandomState::new().hash_one(()));
    let (start, ids, mut outcomes) = (Instant::now(), ids?.parse::<u64>()?, 0);
    let mut job = jobs.links(1..=ids);
    run(&mut job, jobs.options().transport(), |item| {
        let (id, link) = item?;
        outcomes += 1;
        println!("{id} {}", link.map_or_else(|error| error.to_string(), |link| link.url.to_string()));
        Ok(())
    })?;
    eprintln!("{ids} {outcomes} {} {:.1}", job.progress().calls, start.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a job on this thread.
fn run<J: Job>(job: &mut J, settings: &Settings, mut take: impl FnMut(J::Item) -> Result<()>) -> Result<()> {
    let epoch = Instant::now();
    let now = || Moment::after_epoch(epoch.elapsed());
    let (mut poll, mut events, mut calls) = (Poll::new()?, Events::with_capacity(64), Vec::new());
    loop {
        match job.next(now()) {
            Action::Send(attempt) => match Call::start(&attempt, settings, &poll) {
                Ok(call) => calls.push((attempt.ticket, call)),
                Err(error) => job.answered(attempt.ticket, now(), Err(error))?,
            },
            Action::Item(item) => take(item)?,
            Action::Cancel(id) => calls.retain(|(ticket, _)| ticket.id() != id),
            Action::Quota(call) => job.quota_answered(call.ticket, now(), Err(StoreError::unsupported()))?,
            Action::Wait { until } => {
                let left =
                    calls.iter().map(|(_, call)| call.deadline.saturating_duration_since(Instant::now()));
                let polled = poll.poll(&mut events, left.chain(until.map(|until| until.since(now()))).min());
                polled.or_else(|io| if io.kind() == ErrorKind::Interrupted { Ok(()) } else { Err(io) })?;
                // So few calls are in flight that each may try, whatever the events.
                for (ticket, mut call) in std::mem::take(&mut calls) {
                    match call.proceed().transpose() {
                        Some(answer) => job.answered(ticket, now(), answer)?,
                        None => calls.push((ticket, call)),
                    }
                }
            }
            Action::Done => return Ok(()),
        }
    }
}

/// A call in flight, on a connection of its own.
struct Call {
    exchange: Exchange,
    stream: TcpStream,
    output: Vec<u8>,
    response: ResponseReader,
    deadline: Instant,
}

impl Call {
    fn start(attempt: &Attempt, settings: &Settings, poll: &Poll) -> Result<Self, TransportError> {
        let exchange = Exchange::new(attempt.request.clone(), settings)?.within(attempt.timeout)?;
        let (address, output, response) = http1::encode(&exchange)?;
        exchange.connecting();
        let stream = connect(&address, poll).map_err(|io| TransportError::from_io(io, Stage::Connect))?;
        Ok(Self { deadline: Instant::now() + exchange.timeout(), exchange, stream, output, response })
    }

    /// Sends and receives what it can without waiting. `None`: the call is not over.
    fn proceed(&mut self) -> Result<Option<Response>, TransportError> {
        let mut piece = [0; 16 * 1024];
        while Instant::now() < self.deadline {
            let sends = !self.output.is_empty();
            match if sends { self.stream.write(&self.output) } else { self.stream.read(&mut piece) } {
                Ok(length) if sends => {
                    self.exchange.sending();
                    self.output.drain(..length);
                }
                Ok(length) => {
                    let piece = piece.get(..length).unwrap_or_default();
                    if let Some(response) = self.response.push(&self.exchange, piece)? {
                        return Ok(Some(response));
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(TransportError::from_io(error, Stage::Exchange)),
            }
        }
        Err(self.exchange.timed_out())
    }
}

/// Starts to connect. Only the lookup of a name would block.
fn connect(address: &str, poll: &Poll) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address.to_socket_addrs()?.next().ok_or(ErrorKind::NotFound)?)?;
    poll.registry().register(&mut stream, Token(0), Interest::READABLE | Interest::WRITABLE)?;
    Ok(stream)
}
