//! Lists that come page by page: where in the types the items are, and what leads to the next page.

use super::module::{Access, Field, OutputDef, PagingDef, PagingWay, TypeDef, TypeKind, TypeRef};
use crate::api::{Pagination, Paging};
use crate::diagnostic::{Code, Problem};
use crate::load::decode;

/// The way through the types that the document's pointers name.
pub(super) fn lower(
    pagination: &Pagination,
    fields: &[Field],
    output: &OutputDef,
    types: &[TypeDef],
) -> Result<PagingDef, Problem> {
    let problem = |message: String| Problem::at(Code::Conflict, &pagination.pointer, message);
    let OutputDef::One(body) = output else {
        return Err(problem(
            "pages of several types are not read as one list".to_owned(),
        ));
    };
    let find = |pointer: &str| {
        access(body, pointer, types).ok_or_else(|| {
            problem(format!("the response has no `{pointer}`"))
                .help("pointers start at the body, and `-1` is the last item of a list")
        })
    };
    let (items, of_items) = find(&pagination.items)?;
    let TypeRef::List(item) = of_items.inner() else {
        return Err(problem(format!("`{}` is no list", pagination.items)));
    };
    let field = |name: &str| {
        let field = fields
            .iter()
            .find(|field| field.wire == name && field.name != "body");
        field
            .cloned()
            .ok_or_else(|| problem(format!("the operation has no parameter `{name}`")))
    };
    let way = match &pagination.way {
        Paging::Cursor { parameter, from } => PagingWay::Cursor(field(parameter)?, find(from)?.0),
        Paging::Page { parameter, start } => PagingWay::Page(field(parameter)?, *start),
        Paging::Offset { parameter } => PagingWay::Offset(field(parameter)?),
        Paging::Link(relation) => PagingWay::Link(relation.clone()),
        Paging::Url(from) => PagingWay::Url(find(from)?.0),
    };
    let more = pagination.more.as_deref().map(find).transpose()?;
    Ok(PagingDef {
        item: (**item).clone(),
        items,
        more: more.map(|(access, _)| access),
        way,
        is_only_field: fields.len() == 1,
    })
}

/// The steps from a type along a JSON pointer, and the type at its end.
fn access(start: &TypeRef, pointer: &str, types: &[TypeDef]) -> Option<(Vec<Access>, TypeRef)> {
    let mut steps = Vec::new();
    let mut ty = start.clone();
    for key in decode(pointer) {
        open(&mut ty, &mut steps);
        ty = match &ty {
            TypeRef::Named(name) => {
                let def = types.iter().find(|def| def.name == *name)?;
                let TypeKind::Struct(of) = &def.kind else {
                    return None;
                };
                let field = of
                    .fields
                    .iter()
                    .find(|field| field.wire == key && !field.flatten)?;
                steps.push(Access::Field(field.name.clone()));
                field.ty.clone()
            }
            TypeRef::List(item) if key == "-1" => {
                steps.push(Access::Last);
                (**item).clone()
            }
            _ => return None,
        };
    }
    open(&mut ty, &mut steps);
    Some((steps, ty))
}

/// What may be missing ends the way where it is.
fn open(ty: &mut TypeRef, steps: &mut Vec<Access>) {
    loop {
        let (step, inner) = match ty {
            TypeRef::Option(inner) => (Some(Access::Option), inner),
            TypeRef::Maybe(inner) => (Some(Access::Maybe), inner),
            TypeRef::Boxed(inner) => (None, inner),
            _ => return,
        };
        steps.extend(step);
        *ty = (**inner).clone();
    }
}
