//! Small documents, each about one thing.

/// The names of all of them.
pub const NAMES: [&str; 9] = [
    "views", "unions", "bodies", "formats", "names", "methods", "mistakes", "security", "types",
];

/// A document; none of that name is an empty text.
pub fn document(name: &str) -> String {
    let rest = match name {
        "views" => VIEWS,
        "unions" => UNIONS,
        "bodies" => BODIES,
        "formats" => FORMATS,
        "names" => NAMES_DOCUMENT,
        "methods" => METHODS,
        "security" => SECURITY,
        "types" => TYPES,
        "mistakes" => return MISTAKES.to_owned(),
        _ => return String::new(),
    };
    format!("openapi: 3.2.0\ninfo: {{ title: Small, version: '1' }}\n{rest}")
}

const VIEWS: &str = "
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
      responses:
        '201':
          description: made
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
  /plain:
    put:
      operationId: putPlain
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Plain' } } }
      responses:
        '200':
          description: put
          content: { application/json: { schema: { $ref: '#/components/schemas/Plain' } } }
components:
  schemas:
    Thing:
      type: object
      required: [id, name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
    Plain:
      type: object
      properties: { name: { type: string } }
";

const UNIONS: &str = "
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        '200':
          description: one
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /shapes:
    get:
      operationId: getShape
      responses:
        '200':
          description: one
          content: { application/json: { schema: { $ref: '#/components/schemas/Shape' } } }
  /vehicles:
    get:
      operationId: getVehicle
      responses:
        '200':
          description: one
          content: { application/json: { schema: { $ref: '#/components/schemas/Vehicle' } } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: Dog } }
    Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, properties: { bark: { type: string }, friend: { $ref: '#/components/schemas/Pet' } } }
    Shape:
      anyOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }, { type: string }]
    Circle: { type: object, required: [radius], properties: { radius: { type: number } } }
    Square: { type: object, required: [side], properties: { side: { type: number } } }
    Vehicle:
      type: object
      required: [wheels]
      properties: { wheels: { type: string } }
      discriminator: { propertyName: wheels }
    Bike: { allOf: [{ $ref: '#/components/schemas/Vehicle' }, { type: object, properties: { bell: { type: boolean } } }] }
    Car: { allOf: [{ $ref: '#/components/schemas/Vehicle' }] }
";

const BODIES: &str = "
paths:
  /files:
    post:
      operationId: upload
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { url: { type: string } } }
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: { type: string, format: binary }
                note: { type: string }
            encoding: { file: { contentType: image/png } }
          text/plain: { schema: { type: string } }
      responses: { '204': { description: done } }
";

const FORMATS: &str = "
paths:
  /things:
    get:
      operationId: getThing
      responses:
        '200':
          description: one
          content:
            application/json:
              schema:
                type: object
                required: [at, day, id, small, count, any, address, junk]
                properties:
                  at: { type: string, format: date-time }
                  day: { type: string, format: date }
                  id: { type: string, format: uuid }
                  small: { type: integer, format: int32 }
                  count: { type: integer, minimum: 0 }
                  any: { type: integer }
                  address: { type: string, format: ipv4 }
                  junk: { type: string, format: whatever }
";

const NAMES_DOCUMENT: &str = "
paths:
  /things/all: { get: { responses: { '204': { description: x } } } }
  /things-all: { get: { responses: { '204': { description: x } } } }
  /type: { get: { operationId: type, responses: { '204': { description: x } } } }
  /clone: { get: { operationId: clone, responses: { '204': { description: x } } } }
  /error:
    get:
      operationId: getError
      responses:
        '200':
          description: x
          content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } }
components:
  schemas:
    Error: { type: object, properties: { fn: { type: string }, self: { type: string }, new: { type: string } } }
";

const METHODS: &str = "
paths:
  /things:
    get: { operationId: a, responses: { '204': { description: x } } }
    head: { operationId: b, responses: { '204': { description: x } } }
    options: { operationId: c, responses: { '204': { description: x } } }
    trace: { operationId: d, responses: { '204': { description: x } } }
    query: { operationId: e, responses: { '204': { description: x } } }
    additionalOperations:
      LINK: { operationId: f, responses: { '204': { description: x } } }
";

const MISTAKES: &str = "openapi: 3.1.0
info: { title: Small, version: 1 }
paths:
  /things/{id}:
    get:
      operationId: getThing
      description:
      responses: { '204': { description: x } }
";

const SECURITY: &str = "
security: [{ key: [] }, { basic: [] }, { token: [] }]
paths:
  /things:
    get: { operationId: a, responses: { '204': { description: x } } }
    put: { operationId: b, security: [], responses: { '204': { description: x } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    basic: { type: http, scheme: basic }
    token: { type: oauth2, flows: {} }
";

const TYPES: &str = "
webhooks:
  petAdded:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [name], properties: { name: { type: string } } }
      responses: { '200': { description: x } }
components:
  schemas:
    Labels: { type: object, patternProperties: { '^x': { type: string } } }
    Numbers:
      type: object
      properties: { first: { type: integer } }
      patternProperties: { '^n': { type: integer } }
      additionalProperties: false
";
