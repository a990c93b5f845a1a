//! Where the items of a client come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::differences::inner;
use super::surface::{Key, Member};
use crate::load::child;
use crate::lower::module::{
    Arm, ClientDef, EncodeStep, Field, NamedTypeDef, OperationDef, Outcome, OutcomeEnum, OutputDef,
    ServersDef, TypeDef, TypeKind,
};
use crate::lower::{Module, null_setter};

/// Where the document says what became an item, and which item a reader should look at first.
#[derive(Debug, Default)]
pub(super) struct Origins {
    of: BTreeMap<Key, Origin>,
    /// The methods that types belong to.
    families: BTreeMap<String, Key>,
}

#[derive(Debug)]
struct Origin {
    pointer: Arc<str>,
    /// None if it is the item itself.
    cause: Option<Arc<Key>>,
}

impl Origins {
    /// Of the client and of these operations and types.
    pub(super) fn find<'a>(
        module: &'a Module,
        operations: impl Iterator<Item = &'a OperationDef>,
        types: impl Iterator<Item = &'a TypeDef>,
    ) -> Self {
        let mut origins = Self::default();
        origins.add_client(&module.client);
        origins.add_servers(&module.servers);
        for def in &module.named_types {
            origins.add_named_type(def);
        }
        for def in types {
            origins.add_type(def);
        }
        for operation in operations {
            origins.add_operation(operation);
        }
        origins
    }

    /// The JSON pointer of what an item, or the type that it belongs to, was made from.
    pub(super) fn pointer(&self, key: &Key) -> Option<&str> {
        let origin = self.of.get(key).or_else(|| self.of.get(&owner(key)));
        origin.map(|origin| &*origin.pointer)
    }

    /// The item that this one follows.
    pub(super) fn cause(&self, key: &Key) -> Key {
        let cause_of = |key: &Key| {
            let origin = self.of.get(key)?;
            Some(origin.cause.as_deref().unwrap_or(key).clone())
        };
        cause_of(key).unwrap_or_else(|| match key.member {
            Member::Trait(_) => {
                let owner = owner(key);
                cause_of(&owner).unwrap_or(owner)
            }
            _ => key.clone(),
        })
    }

    /// The operation that an item belongs to, by its method; else the type.
    pub(super) fn family(&self, key: &Key) -> Key {
        if key.owner == "Client" && key.member != Member::Type {
            return key.clone();
        }
        let owner = owner(key);
        self.families.get(&owner.owner).cloned().unwrap_or(owner)
    }

    fn add(&mut self, key: Key, pointer: &str) {
        self.insert(key, pointer.into(), None);
    }

    fn follow(&mut self, key: Key, pointer: &str, cause: &Key) {
        self.insert(key, pointer.into(), Some(cause.clone().into()));
    }

    fn insert(&mut self, key: Key, pointer: Arc<str>, cause: Option<Arc<Key>>) {
        self.of.insert(key, Origin { pointer, cause });
    }

    fn add_client(&mut self, client: &ClientDef) {
        for default in &client.defaults {
            self.add(Key::function("Client", &default.name), &default.pointer);
        }
        for scheme in &client.security {
            let pointer = child("/components/securitySchemes", &scheme.wire);
            self.add(Key::function("Credentials", &scheme.name), &pointer);
        }
        let builder = match &client.security[..] {
            [only] => child("/components/securitySchemes", &only.wire),
            _ => "/components/securitySchemes".to_owned(),
        };
        self.add(Key::function("Client", "builder"), &builder);
        self.add(Key::function("Client", "client_credentials"), &builder);
        self.follow(
            Key::of_type("Credentials"),
            &builder,
            &Key::function("Client", "builder"),
        );
    }

    fn add_servers(&mut self, servers: &ServersDef) {
        self.add(Key::of_type("Server"), "/servers");
        for variant in &servers.variants {
            self.add(Key::variant("Server", &variant.name), &variant.pointer);
        }
    }

    fn add_named_type(&mut self, def: &NamedTypeDef) {
        self.add(Key::of_type(&def.name), &def.pointer);
        for (form, _) in &def.forms {
            self.add(Key::function(&def.name, form), &def.pointer);
        }
    }

    fn add_type(&mut self, def: &TypeDef) {
        self.add(Key::of_type(&def.name), &def.pointer);
        match &def.kind {
            TypeKind::Struct(of) => {
                for field in &of.fields {
                    self.add_field(&def.name, &def.name, field);
                }
            }
            TypeKind::StringEnum(variants) => {
                for variant in variants {
                    self.add(Key::variant(&def.name, &variant.name), &def.pointer);
                }
            }
            TypeKind::Union(of) => {
                for variant in &of.variants {
                    self.add(Key::variant(&def.name, &variant.name), &def.pointer);
                }
            }
        }
    }

    /// A field and its setters.
    fn add_field(&mut self, owner: &str, setters: &str, field: &Field) {
        // Large documents have tens of thousands of them.
        let cause = Arc::new(Key::field(owner, &field.name));
        self.insert(Key::clone(&cause), Arc::clone(&field.pointer), None);
        let null = null_setter(&field.setter);
        for setter in [&null, &field.setter] {
            let (pointer, cause) = (Arc::clone(&field.pointer), Arc::clone(&cause));
            self.insert(Key::function(setters, setter), pointer, Some(cause));
        }
    }

    fn add_operation(&mut self, operation: &OperationDef) {
        let (name, pointer) = (&operation.name, &operation.pointer);
        let method = Key::function("Client", &operation.method_name);
        self.add(method.clone(), pointer);
        self.follow(Key::of_type(name), pointer, &method);
        for old in &operation.kept {
            self.follow(Key::function("Client", old), pointer, &method);
        }
        for field in &operation.fields {
            self.add_field(name, &format!("Call<{name}>"), field);
        }
        self.families.insert(name.clone(), method.clone());
        if let OutputDef::Several(of) = &operation.output {
            self.add_outcome(of, pointer, &method);
        }
        if let Some(of) = &operation.error {
            self.add_outcome(of, pointer, &method);
        }
        self.add_traits(operation);
        if let Some(headers) = &operation.headers {
            self.follow(Key::of_type(&headers.name), pointer, &method);
            self.families.insert(headers.name.clone(), method.clone());
            for field in &headers.fields {
                self.add(Key::field(&headers.name, &field.name), &field.pointer);
            }
        }
        for step in &operation.encode {
            if let EncodeStep::Bodies { forms, .. } = step {
                let pointer = child(pointer, "requestBody");
                self.add(Key::of_type(&forms.name), &pointer);
                self.families.insert(forms.name.clone(), method.clone());
            }
        }
    }

    /// What it gives, how it fails, and whether it comes in pages.
    fn add_traits(&mut self, operation: &OperationDef) {
        let associated = |of: &str, name: &str| {
            let member = Member::Associated(of.to_owned(), name.to_owned());
            Key::of(&operation.name, member)
        };
        let is_error = |arm: &&Arm| matches!(arm.outcome, Outcome::ErrorVariant(_));
        let success = operation.arms.iter().find(|arm| !is_error(arm));
        let pointer = success.map_or(operation.pointer.as_str(), |arm| &arm.pointer);
        self.add(associated("Operation", "Output"), pointer);
        let responses = child(&operation.pointer, "responses");
        self.add(associated("Operation", "Error"), &responses);
        let items = Key::function(&format!("Call<{}>", operation.name), "items");
        let paged = Key::of(&operation.name, Member::Trait("Paged".to_owned()));
        for key in [paged, associated("Paged", "Item")] {
            self.follow(key, &operation.pointer, &items);
        }
    }

    fn add_outcome(&mut self, of: &OutcomeEnum, pointer: &str, method: &Key) {
        self.add(Key::of_type(&of.name), pointer);
        self.families.insert(of.name.clone(), method.clone());
        for variant in &of.variants {
            self.add(Key::variant(&of.name, &variant.name), &variant.pointer);
        }
    }
}

/// The type that an item belongs to.
fn owner(key: &Key) -> Key {
    Key::of_type(inner(&key.owner))
}
