//! How often a call is tried, and how long is waited in between.

use std::cell::Cell;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::failure::Failure;

/// How long a delivery may take. The default is right for a job; a test has no time for it.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until a request has its whole answer.
    pub answer: Duration,
    /// The pause before the second attempt. Each later one is twice as long, and chance adds up to as much again, so that the
    /// jobs of a matrix do not come back together.
    pub pause: Duration,
    /// How many attempts may follow the first.
    pub repeats: usize,
    /// What all pauses may come to, those that a rate limit asks for included.
    pub pauses: Duration,
    /// Between two writes, as GitHub asks.
    pub between_writes: Duration,
    /// From the first request to the last answer.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            repeats: 3,
            pauses: Duration::from_secs(90),
            between_writes: Duration::from_secs(1),
            total: Duration::from_secs(120),
        }
    }
}

/// Repeats calls, as long as there is time left for all of them.
pub(super) struct Retry {
    patience: Patience,
    left: Cell<Duration>,
}

impl Retry {
    /// With all the time that `patience` has.
    pub(super) fn new(patience: Patience) -> Self {
        Self {
            patience,
            left: Cell::new(patience.pauses),
        }
    }

    /// Repeats a call that can be made twice without harm, where another attempt can help.
    pub(super) async fn patiently<T>(&self, call: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(self.patience.pause)
            .with_max_times(self.patience.repeats)
            .with_jitter();
        (|| call())
            .retry(pauses)
            .when(Failure::may_pass)
            .adjust(|failure: &Failure, pause| self.take(pause?.saturating_add(failure.limit().unwrap_or_default())))
            .await
    }

    /// A pause, where there is time for it.
    fn take(&self, pause: Duration) -> Option<Duration> {
        self.left.set(self.left.get().checked_sub(pause)?);
        Some(pause)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Patience, Retry};
    use crate::deliver::github::failure::Failure;

    const SECOND: Duration = Duration::from_secs(1);

    /// How often a call that always fails is made, and how long that takes on a clock that does not wait.
    fn attempts(retry: &Retry, failure: impl Fn() -> Failure) -> (usize, Duration) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let (count, start) = (Cell::new(0), Instant::now());
            let ended: Result<(), Failure> = retry
                .patiently(async || {
                    count.set(count.get() + 1);
                    Err(failure())
                })
                .await;
            assert!(ended.is_err());
            (count.get(), start.elapsed())
        })
    }

    fn refused(status: u16, limit: Option<u64>) -> Failure {
        Failure::Refused {
            status,
            message: String::new(),
            limit: limit.map(Duration::from_secs),
        }
    }

    #[test]
    fn pauses_double_and_end() {
        let (count, took) = attempts(&Retry::new(Patience::default()), || refused(502, None));
        assert_eq!(count, 4);
        assert!(took >= 7 * SECOND / 2 && took <= 7 * SECOND + SECOND / 10, "{took:?}");
    }

    #[test]
    fn what_cannot_succeed_is_not_tried_again() {
        for status in [400, 401, 403, 404, 410, 422] {
            let (count, took) = attempts(&Retry::new(Patience::default()), || refused(status, None));
            assert_eq!((count, took), (1, Duration::ZERO), "{status}");
        }
        for failure in [
            || Failure::Malformed(String::new()),
            || Failure::Untrusted(String::new()),
        ] {
            assert_eq!(attempts(&Retry::new(Patience::default()), failure).0, 1);
        }
    }

    #[test]
    fn a_limit_is_waited_for_in_full() {
        let (count, took) = attempts(&Retry::new(Patience::default()), || refused(429, Some(20)));
        assert_eq!(count, 4);
        assert!(took >= 63 * SECOND, "{took:?}");
    }

    #[test]
    fn all_pauses_together_are_bounded() {
        let retry = Retry::new(Patience::default());
        assert_eq!(attempts(&retry, || refused(429, Some(3600))), (1, Duration::ZERO));
        assert_eq!(attempts(&retry, || refused(403, Some(60))).0, 2);
        assert_eq!(attempts(&retry, || refused(403, Some(60))).0, 1);
        assert_eq!(attempts(&retry, || Failure::Unreachable(String::new())).0, 4);
    }
}
