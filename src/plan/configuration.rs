//! `configuration`.

use serde::de::{IgnoredAny, MapAccess};

use super::config_resource::ResourcesReader;
use super::context::Context;
use super::document::{FieldReader, expect};
use super::expression::{Arguments, ExpressionReader, ExpressionsReader};
use super::reader::{Keys, Reader, Scalar, Seed};
use super::tree::Members;
use super::types::{ConfigModule, Configuration, Expression, ModuleCall, ProviderConfig};

/// Reads `configuration`; `None` where it is null.
pub(super) struct ConfigurationReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ConfigurationReader<'_, '_> {
    type Out = Option<Configuration>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut configuration = Configuration::default();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "provider_config" => {
                    let reader = Named::new(context, "provider_config", ProviderReader { context });
                    configuration.providers = map.next_value_seed(Seed(reader))?;
                }
                "root_module" => {
                    configuration.root = map.next_value_seed(Seed(ModuleReader { context }))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Some(configuration))
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "configuration", "an object", &value);
        None
    }
}

/// Reads an object whose keys are names and whose values are all read by `reader`.
struct Named<'c, 't, R> {
    context: &'c Context<'t>,
    place: &'static str,
    reader: R,
}

impl<'c, 't, R> Named<'c, 't, R> {
    fn new(context: &'c Context<'t>, place: &'static str, reader: R) -> Self {
        Self { context, place, reader }
    }
}

impl<'de, R: Reader<'de> + Clone> Reader<'de> for Named<'_, '_, R> {
    type Out = Members<R::Out>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let mut keys = Keys::default();
        let mut named = Vec::new();
        while let Some(name) = self.context.next_key(&mut map, &mut keys)? {
            let value = map.next_value_seed(Seed(self.reader.clone()))?;
            named.push((name.into(), value));
        }
        Ok(named.into_iter().collect())
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, self.place, "an object", &value);
        Members::new()
    }
}

#[derive(Clone)]
struct ProviderReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ProviderReader<'_, '_> {
    type Out = ProviderConfig;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut provider = ProviderConfig::default();
        let (mut nested, mut written) = (false, false);
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "name" => provider.name = map.next_value::<Scalar<'de>>()?.into_text(),
                "module_address" => {
                    nested = true;
                    map.next_value::<IgnoredAny>()?;
                }
                "expressions" => {
                    written = true;
                    let reader = HasReader {
                        context,
                        key: "default_tags",
                    };
                    provider.has_default_tags = map.next_value_seed(Seed(reader))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        provider.inherited = nested && !written;
        Ok(provider)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "provider_config", "made of objects", &value);
        ProviderConfig::default()
    }
}

/// Reads whether an object has a key, and nothing else of it.
struct HasReader<'c, 't> {
    context: &'c Context<'t>,
    key: &'static str,
}

impl<'de> Reader<'de> for HasReader<'_, '_> {
    type Out = bool;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut keys = Keys::default();
        while self.context.next_key(&mut map, &mut keys)?.is_some() {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(keys.contains(self.key))
    }

    fn other(self, _: Scalar<'de>) -> bool {
        false
    }
}

#[derive(Clone)]
struct ModuleReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ModuleReader<'_, '_> {
    type Out = ConfigModule;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut module = ConfigModule::default();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "resources" => {
                    module.resources = map.next_value_seed(Seed(ResourcesReader { context }))?;
                }
                "module_calls" => {
                    let reader = Named::new(context, "module_calls", CallReader { context });
                    module.calls = map.next_value_seed(Seed(reader))?;
                }
                "outputs" => {
                    let reader = Named::new(context, "outputs", OutputReader { context });
                    module.outputs = map.next_value_seed(Seed(reader))?;
                }
                "variables" => {
                    let reader = FieldReader {
                        context,
                        field: "default",
                    };
                    let reader = Named::new(context, "variables", reader);
                    module.variables = map.next_value_seed(Seed(reader))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(module)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "module", "an object", &value);
        ConfigModule::default()
    }
}

#[derive(Clone)]
struct OutputReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for OutputReader<'_, '_> {
    type Out = Expression;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut expression = None;
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            if key == "expression" {
                expression = map.next_value_seed(Seed(ExpressionReader { context }))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(expression.unwrap_or_default())
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        Expression::default()
    }
}

#[derive(Clone)]
struct CallReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for CallReader<'_, '_> {
    type Out = ModuleCall;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let expression = || Seed(ExpressionReader { context });
        let mut keys = Keys::default();
        let mut call = ModuleCall::default();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "expressions" => {
                    let reader = ExpressionsReader {
                        context,
                        wanted: Arguments::All,
                    };
                    call.expressions = map.next_value_seed(Seed(reader))?;
                }
                "count_expression" => call.count = map.next_value_seed(expression())?.map(Box::new),
                "for_each_expression" => call.for_each = map.next_value_seed(expression())?.map(Box::new),
                "module" => call.module = map.next_value_seed(Seed(ModuleReader { context }))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(call)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "module_calls", "made of objects", &value);
        ModuleCall::default()
    }
}
