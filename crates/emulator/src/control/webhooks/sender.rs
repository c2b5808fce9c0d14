//! Sending notifications to addresses.

use std::io;
use std::sync::mpsc::{self, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;
use tokio::time::timeout;

use super::state::Outcome;
use crate::control::Emulator;
use crate::control::emulator::WeakEmulator;
use crate::control::send::send_for_status;

/// The longest time after which the clocks are looked at again.
const LOOK: Duration = Duration::from_secs(1);

/// The thread that sends notifications for an emulator and its forks. It ends when all of them are
/// gone.
#[derive(Debug, Default)]
pub(crate) struct Sender(Mutex<Option<Handle>>);

#[derive(Debug)]
struct Handle {
    emulators: mpsc::Sender<WeakEmulator>,
    wake: Arc<Notify>,
}

impl Sender {
    /// Registers an emulator, and wakes the thread.
    pub(crate) fn wake(&self, emulator: &Emulator) -> io::Result<()> {
        let mut handle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let weak = emulator.downgrade();
        if let Some(handle) = &*handle
            && handle.emulators.send(weak.clone()).is_ok()
        {
            handle.wake.notify_one();
            return Ok(());
        }
        // There is none yet, or it ended because there was nothing to do.
        let (emulators, new) = mpsc::channel();
        let wake = Arc::new(Notify::new());
        // The receiver exists, so this succeeds.
        let _ = emulators.send(weak);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let woken = Arc::clone(&wake);
        std::thread::Builder::new()
            .name("intercom-emulator-webhooks".to_owned())
            .spawn(move || runtime.block_on(run(new, woken)))?;
        *handle = Some(Handle { emulators, wake });
        Ok(())
    }
}

async fn run(new: mpsc::Receiver<WeakEmulator>, wake: Arc<Notify>) {
    let mut emulators: Vec<WeakEmulator> = Vec::new();
    loop {
        loop {
            match new.try_recv() {
                Ok(emulator) if emulators.iter().any(|known| known.is(&emulator)) => {}
                Ok(emulator) => emulators.push(emulator),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let mut wait = LOOK;
        emulators.retain(|weak| {
            let Some(emulator) = weak.upgrade() else {
                return false;
            };
            for job in emulator.take_jobs(true) {
                let (weak, wake) = (weak.clone(), Arc::clone(&wake));
                tokio::spawn(async move {
                    let started = Instant::now();
                    let status = send_for_status(job.request).await;
                    let took = started.elapsed();
                    if let Some(emulator) = weak.upgrade() {
                        emulator.finish_job(job.delivery, Outcome { status, took });
                    }
                    wake.notify_one();
                });
            }
            if let Some(until) = emulator.until_due() {
                wait = wait.min(until);
            }
            true
        });
        let _ = timeout(wait, wake.notified()).await;
    }
}

impl Emulator {
    /// Returns how long it is, at most, until an attempt is due.
    fn until_due(&self) -> Option<Duration> {
        let state = self.lock();
        let due = state.webhooks.next_due()?;
        let now: SystemTime = state.service.clock.now().system;
        let rate = state.service.clock.rate().max(1.0);
        let ahead = due.duration_since(now).unwrap_or_default();
        // What is due already waits for another attempt, which wakes this when it ends.
        Some(ahead.div_f64(rate)).filter(|ahead| !ahead.is_zero())
    }
}
