use std::{
    sync::{Mutex, TryLockError},
    task::Poll,
    time::Duration,
};

use offerslook::{
    Error,
    drive::{ProgressHandle, StopHandle},
    job::Job,
    ureq,
};
use pyo3::{exceptions::PyRuntimeError, prelude::*};

use crate::{error, ids::InputError, item::Item};

/// How long a wait may take before the interpreter looks for signals, such as that of Ctrl-C.
const SLICE: Duration = Duration::from_millis(100);

/// Runs the job up to its next item, for a slice of time.
type Step = Box<dyn FnMut() -> Poll<Option<Result<Item, Error>>> + Send>;

/// A running job: an iterator over what came of each offer. Other Python threads run while it waits.
#[pyclass(frozen, module = "offerslook")]
pub(crate) struct Run {
    /// `None` once it is closed.
    step: Mutex<Option<Step>>,
    stop: StopHandle,
    progress: ProgressHandle,
    input: InputError,
}

impl Run {
    pub(crate) fn new<T, J>(mut run: ureq::Run<J>, input: InputError, item: fn(T) -> Item) -> Self
    where
        J: Job<Item = Result<T, Error>> + Send + 'static,
        T: 'static,
    {
        let (stop, progress) = (run.stop_handle(), run.progress_handle());
        let next = move || run.next_within(SLICE).map(|next| next.map(|result| result.map(item)));
        Self { step: Mutex::new(Some(Box::new(next))), stop, progress, input }
    }

    fn step(&self) -> PyResult<Poll<Option<Result<Item, Error>>>> {
        match self.step.try_lock() {
            Ok(mut step) => Ok(step.as_mut().map_or(Poll::Ready(None), |step| step())),
            Err(TryLockError::Poisoned(_)) => Ok(Poll::Ready(None)),
            Err(TryLockError::WouldBlock) => {
                Err(PyRuntimeError::new_err("this run is being iterated already"))
            }
        }
    }
}

#[pymethods]
impl Run {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        loop {
            let next = py.detach(|| self.step())?;
            if let Some(error) = self.input.take_urgent(py) {
                self.close();
                return Err(error);
            }
            match next {
                Poll::Pending => py.check_signals().inspect_err(|_| self.close())?,
                Poll::Ready(Some(Ok(item))) => return item.into_object(py).map(Some),
                Poll::Ready(Some(Err(error))) => {
                    // The input's own error says more.
                    let is_input = matches!(error, Error::InvalidOfferId { .. });
                    let input = self.input.take().filter(|_| is_input);
                    return Err(input.unwrap_or_else(|| error::of_run(py, &error)));
                }
                Poll::Ready(None) => return Ok(None),
            }
        }
    }

    /// How many calls the run has made so far.
    #[getter]
    fn calls(&self) -> u64 {
        self.progress.progress().calls
    }

    /// Stops the run, from any thread: the rest of its items say that they were not attempted, and then the iteration
    /// raises an Error of the kind 'interrupted'.
    fn stop(&self) {
        self.stop.stop();
    }

    /// Ends the run and its calls at once: there are no more items. If another thread is iterating, that one is stopped.
    fn close(&self) {
        match self.step.try_lock() {
            Ok(mut step) => *step = None,
            Err(_) => self.stop.stop(),
        }
    }
}
