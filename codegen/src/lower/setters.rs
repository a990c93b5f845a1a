//! How setters are called.

use std::collections::BTreeSet;

use super::module::{Field, OperationDef, TypeDef, TypeKind, TypeRef};
use super::names::{Numbers, free_name};
use crate::config::Setters;

/// Names the setters of types, after their fields have names.
pub(super) fn of_types(mut types: Vec<TypeDef>, style: Setters) -> Vec<TypeDef> {
    for def in &mut types {
        if let TypeKind::Struct(of) = &mut def.kind {
            of_struct(&mut of.fields, style);
        }
    }
    types
}

/// Names the setters of calls, which else have the names of the parameters.
pub(super) fn of_operations(operations: &mut [OperationDef], style: Setters) {
    if style == Setters::Plain {
        return;
    }
    for field in operations
        .iter_mut()
        .flat_map(|operation| &mut operation.fields)
    {
        field.setter = wanted(&field.name, style);
    }
}

/// A setter has the name of its field, but where that is the constructor's, the name of the trait's function that the
/// constructor may stand on, or that of the setter that makes another field null.
fn of_struct(fields: &mut [Field], style: Setters) {
    let mut optional: Vec<&mut Field> = fields.iter_mut().filter(|field| !field.required).collect();
    // What the document says first does not get the better name.
    optional.sort_by(|one, other| one.name.cmp(&other.name));
    let mut taken: BTreeSet<String> = ["new", "default"].map(str::to_owned).into();
    let nulls = optional.iter().filter(|field| has_null(field));
    taken.extend(nulls.map(|field| null_setter(&wanted(&field.name, style))));
    let mut numbers = Numbers::default();
    for field in optional {
        let wanted = wanted(&field.name, style);
        field.setter = if taken.insert(wanted.clone()) {
            wanted
        } else {
            let null = has_null(field);
            free_name(&format!("set_{}", field.name), "_", &mut numbers, |free| {
                (!null || !taken.contains(&null_setter(free))) && taken.insert(free.to_owned())
            })
        };
        if has_null(field) {
            taken.insert(null_setter(&field.setter));
        }
    }
}

fn wanted(name: &str, style: Setters) -> String {
    match style {
        Setters::Plain => name.to_owned(),
        Setters::With => format!("with_{name}"),
    }
}

fn has_null(field: &Field) -> bool {
    matches!(field.ty, TypeRef::Maybe(_))
}

/// The setter that makes a field null.
pub(crate) fn null_setter(setter: &str) -> String {
    format!("{}_null", setter.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, has_null: bool) -> Field {
        let any = Box::new(TypeRef::Value);
        Field {
            pointer: "".into(),
            name: name.to_owned(),
            setter: name.to_owned(),
            wire: name.to_owned(),
            ty: if has_null {
                TypeRef::Maybe(any)
            } else {
                TypeRef::Option(any)
            },
            summary: String::new(),
            docs: String::new(),
            required: false,
            deprecated: false,
            flatten: false,
        }
    }

    fn setters(mut fields: Vec<Field>, style: Setters) -> Vec<String> {
        of_struct(&mut fields, style);
        fields.into_iter().map(|field| field.setter).collect()
    }

    #[test]
    fn no_setter_has_the_name_of_another_function() {
        let fields = || {
            vec![
                field("a_null", false),
                field("a", true),
                field("new", false),
                field("set_new", false),
            ]
        };
        assert_eq!(
            setters(fields(), Setters::Plain),
            ["set_a_null", "a", "set_new", "set_set_new"]
        );
        assert_eq!(
            setters(fields(), Setters::With),
            ["set_a_null", "with_a", "with_new", "with_set_new"]
        );
    }
}
