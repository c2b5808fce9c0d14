//! Configuration from environment variables.

use std::env::VarError;
use std::fmt;

use super::base_url::{BaseUrl, BaseUrlError, Region};
use super::config::Config;
use crate::wire::ApiVersion;

const ACCESS_TOKEN: &str = "INTERCOM_ACCESS_TOKEN";
const BASE_URL: &str = "INTERCOM_BASE_URL";
const REGION: &str = "INTERCOM_REGION";
const VERSION: &str = "INTERCOM_VERSION";

impl Config {
    /// Reads the configuration from environment variables. Nothing else in this crate reads the
    /// environment.
    ///
    /// | variable | value | default |
    /// | --- | --- | --- |
    /// | `INTERCOM_ACCESS_TOKEN` | the access token | required |
    /// | `INTERCOM_BASE_URL` | a URL, such as `http://127.0.0.1:8099` | by region |
    /// | `INTERCOM_REGION` | `us`, `eu`, `au` or `mock` | `us` |
    /// | `INTERCOM_VERSION` | a version, such as `2.11` or `Preview` | [`ApiVersion::LATEST`] |
    ///
    /// # Errors
    ///
    /// If the token is missing, a value is not valid, or both the base URL and the region are set.
    pub fn from_env() -> Result<Self, EnvError> {
        Self::from_variables(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(EnvErrorKind::NotUnicode),
        })
    }

    fn from_variables(
        read: impl Fn(&'static str) -> Result<Option<String>, EnvErrorKind>,
    ) -> Result<Self, EnvError> {
        let read = |variable| {
            let value = read(variable).map_err(|kind| EnvError { variable, kind })?;
            Ok::<_, EnvError>(value.filter(|value| !value.trim().is_empty()))
        };
        let Some(token) = read(ACCESS_TOKEN)? else {
            return Err(EnvError {
                variable: ACCESS_TOKEN,
                kind: EnvErrorKind::Missing,
            });
        };
        let mut config = Self::new(token.trim());
        match (read(BASE_URL)?, read(REGION)?) {
            (Some(_), Some(_)) => {
                return Err(EnvError {
                    variable: REGION,
                    kind: EnvErrorKind::Conflict,
                });
            }
            (Some(url), None) => {
                let url = BaseUrl::parse(&url).map_err(|error| EnvError {
                    variable: BASE_URL,
                    kind: EnvErrorKind::BaseUrl(error),
                })?;
                config = config.base_url(url);
            }
            (None, Some(name)) => {
                let Some(region) = Region::from_name(name.trim()) else {
                    return Err(EnvError {
                        variable: REGION,
                        kind: EnvErrorKind::Region(name),
                    });
                };
                config = config.base_url(region);
            }
            (None, None) => {}
        }
        if let Some(version) = read(VERSION)? {
            config = config.version(ApiVersion::from(version.trim()));
        }
        Ok(config)
    }
}

/// An environment variable is missing, or its value is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvError {
    /// The variable.
    pub variable: &'static str,
    /// What is wrong with it.
    pub kind: EnvErrorKind,
}

/// What is wrong with an environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvErrorKind {
    /// It is not set, or is empty.
    Missing,
    /// It is not valid Unicode.
    NotUnicode,
    /// It is not a usable base URL.
    BaseUrl(BaseUrlError),
    /// It is not a known region.
    Region(String),
    /// It is set beside the other variable that decides the same.
    Conflict,
}

impl fmt::Display for EnvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variable = self.variable;
        match &self.kind {
            EnvErrorKind::Missing => write!(f, "{variable} is not set"),
            EnvErrorKind::NotUnicode => write!(f, "{variable} is not valid Unicode"),
            EnvErrorKind::BaseUrl(error) => write!(f, "{variable}: {error}"),
            EnvErrorKind::Region(name) => {
                write!(
                    f,
                    "{variable}: unknown region `{name}`: use us, eu, au or mock"
                )
            }
            EnvErrorKind::Conflict => {
                write!(
                    f,
                    "{variable} and {BASE_URL} are both set: remove one of them"
                )
            }
        }
    }
}

impl std::error::Error for EnvError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            EnvErrorKind::BaseUrl(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Config, String> {
        Config::from_variables(|name| {
            let mut found = variables.iter().filter(|(known, _)| *known == name);
            Ok(found.next().map(|(_, value)| (*value).to_owned()))
        })
        .map_err(|error| error.to_string())
    }

    #[test]
    fn a_configuration_is_read_from_the_environment() {
        let config = from(&[
            (ACCESS_TOKEN, " token\n"),
            (REGION, "EU"),
            (VERSION, "2.11"),
        ])
        .unwrap();
        assert_eq!(config.token, "token".into());
        assert_eq!(config.base_url, Ok(Region::Eu.into()));
        assert_eq!(config.call.version, Some(ApiVersion::V2_11));
        let config = from(&[
            (ACCESS_TOKEN, "token"),
            (BASE_URL, "http://localhost:1"),
            (REGION, ""),
        ]);
        let url = config.unwrap().base_url.unwrap();
        assert_eq!(url.to_string(), "http://localhost:1");
    }

    #[test]
    fn a_wrong_environment_is_refused_by_the_name_of_the_variable() {
        for (variables, message) in [
            (&[][..], "INTERCOM_ACCESS_TOKEN is not set"),
            (&[(ACCESS_TOKEN, " ")], "INTERCOM_ACCESS_TOKEN is not set"),
            (
                &[(ACCESS_TOKEN, "token"), (REGION, "mars")],
                "INTERCOM_REGION: unknown region `mars`",
            ),
            (
                &[(ACCESS_TOKEN, "token"), (BASE_URL, "nowhere")],
                "INTERCOM_BASE_URL: the base URL `nowhere`",
            ),
            (
                &[
                    (ACCESS_TOKEN, "token"),
                    (BASE_URL, "http://localhost"),
                    (REGION, "eu"),
                ],
                "INTERCOM_REGION and INTERCOM_BASE_URL are both set",
            ),
        ] {
            let error = from(variables).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
