//! Fixtures of what people set up in Intercom's own pages, or what happens there, and requests only read.

use intercom_core::ApiVersion;
use intercom_core::api::banners::Banner;
use intercom_core::api::calls::Call;
use intercom_core::api::data_connectors::DataConnectorExecutionResult;
use intercom_core::api::workflows::Workflow;
use intercom_core::model::{ConnectorId, ProcedureId};

use super::emulator::Emulator;
use crate::resources::Context;
use crate::store::Workspace;

impl Emulator {
    fn configure<T>(&self, change: impl FnOnce(&mut Workspace, &Context) -> T) -> T {
        let mut state = self.lock();
        let context = state.service.context(&ApiVersion::LATEST);
        change(&mut state.service.workspace, &context)
    }

    /// Creates a banner that every contact sees until it is dismissed. `change` sets what it has.
    pub fn banner(&self, change: impl FnOnce(&mut Banner)) -> Banner {
        let mut banner = Banner::default();
        change(&mut banner);
        self.configure(|workspace, _| workspace.add_banner(banner))
    }

    /// Creates a call. `change` sets what it has; the transcript is a list of `speaker` and `text`.
    ///
    /// ```
    /// use intercom_core::api::calls;
    /// use intercom_core::blocking::Client;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let call = emulator.call(|call| call.phone = Some("+353871234567".into()));
    /// let intercom = Client::new(emulator.transport(), "any");
    /// let found = intercom.call(&calls::Get::new(&call.id))?;
    /// assert_eq!(found.phone.as_deref(), Some("+353871234567"));
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn call(&self, change: impl FnOnce(&mut Call)) -> Call {
        let mut call = Call::default();
        change(&mut call);
        self.configure(|workspace, context| workspace.add_call(call, context))
    }

    /// Creates the result of a call of a data connector. `change` sets what it has, the connector's id
    /// included.
    pub fn data_connector_execution(
        &self,
        change: impl FnOnce(&mut DataConnectorExecutionResult),
    ) -> DataConnectorExecutionResult {
        let mut result = DataConnectorExecutionResult::default();
        change(&mut result);
        self.configure(|workspace, context| workspace.add_execution(result, context))
    }

    /// Creates an ecommerce connector, to which catalogues can be uploaded.
    pub fn ecommerce_connector(&self) -> ConnectorId {
        self.configure(|workspace, _| workspace.add_ecommerce_connector())
    }

    /// Creates a procedure of Fin that can be run through the API.
    pub fn procedure(&self, name: &str, description: &str) -> ProcedureId {
        self.configure(|workspace, _| workspace.add_procedure(name, description))
    }

    /// Creates a workflow, which runs nothing. `change` sets what it has.
    pub fn workflow(&self, change: impl FnOnce(&mut Workflow)) -> Workflow {
        let mut workflow = Workflow::default();
        change(&mut workflow);
        self.configure(|workspace, context| workspace.add_workflow(workflow, context))
    }
}
