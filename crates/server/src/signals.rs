//! Signals that end the process.

use tokio::signal::unix::{SignalKind, signal};

/// Completes at the next SIGTERM or SIGINT.
pub(crate) async fn wait() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
