//! Keeping a workspace in a file.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use super::emulator::Emulator;
use super::snapshot::Snapshot;

/// How often changes are saved.
const INTERVAL: Duration = Duration::from_secs(10);

impl Snapshot {
    /// Writes the snapshot to a file. If this is interrupted, even by a loss of power, the file is
    /// either the old or the new one.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let folder = folder_of(path);
        let Some(name) = path.file_name() else {
            let message = format!("{} is not the name of a file", path.display());
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        };
        let mut temporary = name.to_owned();
        temporary.push(format!(".{}.tmp", std::process::id()));
        let temporary = folder.join(temporary);
        let written = File::create(&temporary).and_then(|file| {
            self.write_to(&file)?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        });
        if written.is_err() {
            // It may not be there.
            let _ = fs::remove_file(&temporary);
        }
        written?;
        // Until the folder is written too, the old file may come back. Not every system can do it.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Reads a snapshot from a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not a snapshot.
    pub fn load(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::read_from(File::open(path)?)
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Removes the files that saves to `path` left behind when they were interrupted.
fn remove_leftovers(path: &Path) {
    let (Some(name), Ok(entries)) = (path.file_name(), fs::read_dir(folder_of(path))) else {
        return;
    };
    let name = name.to_string_lossy();
    for entry in entries.flatten() {
        let other = entry.file_name();
        let other = other.to_string_lossy();
        let process = other.strip_prefix(&*name).and_then(|rest| {
            let rest = rest.strip_prefix('.')?;
            rest.strip_suffix(".tmp")
        });
        if process.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit())) {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Keeps the workspace of an emulator in a file until it is dropped.
#[derive(Debug)]
pub struct KeptState {
    emulator: Emulator,
    path: PathBuf,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Restores the workspace from a file if it exists, and keeps it there from now on: changes are
    /// saved every ten seconds and at the end. Saving replaces the whole file, so that it is never half
    /// written.
    ///
    /// Only one emulator may keep its workspace in a file at a time.
    ///
    /// `report` receives the errors of saving at intervals.
    ///
    /// # Errors
    ///
    /// If the file exists and cannot be read, if it is not a snapshot, or if it cannot be written.
    pub fn keep_in(
        &self,
        path: impl Into<PathBuf>,
        report: impl Fn(io::Error) + Send + 'static,
    ) -> io::Result<KeptState> {
        let path = path.into();
        match Snapshot::load(&path) {
            Ok(snapshot) => self.restore(&snapshot),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        remove_leftovers(&path);
        // A path that cannot be written is reported now, and not at the end.
        let mut saved = self.revision();
        self.snapshot().save(&path)?;
        let (stop, stopped) = mpsc::channel();
        let (emulator, file) = (self.clone(), path.clone());
        let thread = std::thread::Builder::new()
            .name("intercom-emulator-state".to_owned())
            .spawn(move || {
                while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(INTERVAL) {
                    let revision = emulator.revision();
                    if revision == saved {
                        continue;
                    }
                    match emulator.snapshot().save(&file) {
                        Ok(()) => saved = revision,
                        Err(error) => report(error),
                    }
                }
            })?;
        Ok(KeptState {
            emulator: self.clone(),
            path,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl KeptState {
    /// Saves the workspace for the last time.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn close(mut self) -> io::Result<()> {
        self.end();
        self.emulator.snapshot().save(&self.path)
    }

    fn end(&mut self) -> bool {
        drop(self.stop.take());
        self.thread.take().is_some_and(|thread| {
            // A panic has been reported by its hook.
            let _ = thread.join();
            true
        })
    }
}

impl Drop for KeptState {
    fn drop(&mut self) {
        if self.end() {
            // `close` reports errors; this is what can be done without it.
            let _ = self.emulator.snapshot().save(&self.path);
        }
    }
}
