//! The signals that end the program.

use std::io;

use tokio::runtime::{Builder, Runtime};

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Handlers of the signals that ask a program to end. Process 1 of a container, for which the system
/// does nothing by itself, ends by them too.
#[derive(Debug)]
pub(crate) struct Signals {
    runtime: Runtime,
    #[cfg(unix)]
    both: [Signal; 2],
}

impl Signals {
    pub(crate) fn install() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        #[cfg(unix)]
        {
            let _inside = runtime.enter();
            let both = [
                signal(SignalKind::terminate())?,
                signal(SignalKind::interrupt())?,
            ];
            Ok(Self { runtime, both })
        }
        #[cfg(not(unix))]
        Ok(Self { runtime })
    }

    /// Blocks until one of them arrives.
    pub(crate) fn wait(self) {
        #[cfg(unix)]
        {
            let [mut terminate, mut interrupt] = self.both;
            self.runtime.block_on(async {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            });
        }
        #[cfg(not(unix))]
        {
            // Without a handler there is no other end than that of the process.
            let _ = self.runtime.block_on(tokio::signal::ctrl_c());
        }
    }
}
