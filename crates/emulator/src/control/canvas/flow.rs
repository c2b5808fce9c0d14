//! What somebody does with an app, and where.

/// What somebody does with an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Initialize,
    Submit,
    Configure,
    LiveCanvas,
    OpenSheet,
    SubmitSheet,
}

impl Flow {
    #[cfg(feature = "serve")]
    pub(crate) const ALL: [Self; 6] = [
        Self::Initialize,
        Self::Submit,
        Self::Configure,
        Self::LiveCanvas,
        Self::OpenSheet,
        Self::SubmitSheet,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Initialize => "initialize",
            Self::Submit => "submit",
            Self::Configure => "configure",
            Self::LiveCanvas => "live_canvas",
            Self::OpenSheet => "open_sheet",
            Self::SubmitSheet => "submit_sheet",
        }
    }

    /// Whether it also exists in the Inbox.
    pub(super) const fn is_in_inbox(self) -> bool {
        matches!(self, Self::Initialize | Self::Submit)
    }
}

/// The names of the flows.
#[cfg(feature = "serve")]
pub(crate) const FLOWS: &[&str] = &[
    Flow::Initialize.as_str(),
    Flow::Submit.as_str(),
    Flow::Configure.as_str(),
    Flow::LiveCanvas.as_str(),
    Flow::OpenSheet.as_str(),
    Flow::SubmitSheet.as_str(),
];

/// The places in the Messenger.
pub(crate) const LOCATIONS: &[&str] = &["conversation", "home", "message", "operator"];
