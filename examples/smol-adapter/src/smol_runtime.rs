use std::{
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll},
    thread,
    time::Duration,
};

use offerslook_client::Runtime;
use smol::{Timer, future::FutureExt};

/// The global executor of smol.
#[derive(Debug, Default)]
pub struct Smol;

impl Runtime for Smol {
    type Task<T: Send + 'static> = Task<T>;
    type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        Task(smol::spawn(AssertUnwindSafe(future).catch_unwind()))
    }

    fn sleep(&self, duration: Duration) -> Self::Sleep {
        Box::pin(async move {
            Timer::after(duration).await;
        })
    }
}

/// A task of smol, which ends when it is dropped.
#[derive(Debug)]
pub struct Task<T>(smol::Task<thread::Result<T>>);

impl<T> Future for Task<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        Pin::new(&mut self.0).poll(context).map(Result::ok)
    }
}
