//! The core in an event loop: many calls in flight on one thread, without an async runtime.

use std::{
    hash::{BuildHasher, RandomState},
    io::{self, ErrorKind, Read, Write},
    mem,
    net::ToSocketAddrs,
    task::{Context, Poll, Waker},
    time::Instant,
};

use anyhow::Result;
use mio::{Events, Interest, Registry, Token, net::TcpStream};
use offerslook_core::{
    Response, Settings, TransportError,
    job::{Action, Job, Jobs, Moment, StoreError},
    transport::{Exchange, Stage},
};
use program::Program;

fn main() -> Result<()> {
    let Program { account, options, quota, ids, mut output } = Program::new()?;
    // The hasher of the standard library has a random seed.
    let jobs = Jobs::new(account, options, quota, RandomState::new().hash_one(()));
    let mut job = jobs.links(ids);
    run(&mut job, jobs.options().transport(), |item| Ok(item.map(|outcome| output.print(outcome))?))?;
    output.print_figures(&job.progress());
    Ok(())
}

/// Runs a job on this thread.
fn run<J: Job>(job: &mut J, settings: &Settings, mut take: impl FnMut(J::Item) -> Result<()>) -> Result<()> {
    let epoch = Instant::now();
    let now = || Moment::after_epoch(epoch.elapsed());
    let (mut poll, mut events) = (mio::Poll::new()?, Events::with_capacity(64));
    let (registry, mut calls) = (poll.registry().try_clone()?, Vec::new());
    loop {
        match job.next(now()) {
            Action::Send(attempt) => match attempt.exchange(settings) {
                Ok(exchange) => calls.push((attempt.ticket, Box::pin(call(exchange, &registry)))),
                Err(error) => job.answered(attempt.ticket, now(), Err(error))?,
            },
            Action::Item(item) => take(item)?,
            // Also of a call that takes too long.
            Action::Cancel(id) => calls.retain(|(ticket, _)| ticket.id() != id),
            Action::Quota(call) => job.quota_answered(call.ticket, now(), Err(StoreError::unsupported()))?,
            Action::Wait { until } => {
                let in_flight = calls.len();
                // So few calls are in flight that each may try, whatever the events.
                for (ticket, mut call) in mem::take(&mut calls) {
                    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                        Poll::Ready(answer) => job.answered(ticket, now(), answer)?,
                        Poll::Pending => calls.push((ticket, call)),
                    }
                }
                if calls.len() == in_flight {
                    let polled = poll.poll(&mut events, until.map(|until| until.since(now())));
                    polled
                        .or_else(|io| if io.kind() == ErrorKind::Interrupted { Ok(()) } else { Err(io) })?;
                }
            }
            Action::Done => return Ok(()),
        }
    }
}

/// Makes a call, on a connection of its own. The future is only a state machine: the loop polls it, and nothing wakes it.
async fn call(exchange: Exchange, registry: &Registry) -> Result<Response, TransportError> {
    let address = http1::address(&exchange)?;
    let stream =
        connect(&address, registry).map_err(|error| TransportError::from_io(error, Stage::Connect))?;
    let write = |_: &mut Context<'_>, bytes: &[u8]| unless_blocked((&stream).write(bytes));
    let read = |_: &mut Context<'_>, piece: &mut [u8]| unless_blocked((&stream).read(piece));
    http1::exchange(&exchange, write, read).await
}

/// Starts to connect. Only the lookup of a name would block.
fn connect(address: &str, registry: &Registry) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address.to_socket_addrs()?.next().ok_or(ErrorKind::NotFound)?)?;
    registry.register(&mut stream, Token(0), Interest::READABLE | Interest::WRITABLE)?;
    Ok(stream)
}

fn unless_blocked(done: io::Result<usize>) -> Poll<io::Result<usize>> {
    match done {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Poll::Pending,
        done => Poll::Ready(done),
    }
}
