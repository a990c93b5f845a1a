#!/usr/bin/env bash
# A document of any size, for measuring: so many resources, each with four operations and three schemas.
#
#   benches/document.sh RESOURCES > openapi.yaml
set -euo pipefail

awk -v resources="$1" 'BEGIN {
    print "openapi: 3.1.0\ninfo: {title: Measured, version: \"1\"}\nservers: [{url: https://api.example.com}]\npaths:"
    for (i = 1; i <= resources; i++) {
        print "  /v1/things" i ":"
        print "    get:\n      operationId: listThings" i "\n      summary: Lists the things of kind " i "."
        print "      description: Things come in the order in which they were made, the newest one first, at most one hundred at once."
        print "      parameters:"
        print "        - {name: limit, in: query, description: How many to give., schema: {type: integer, minimum: 1, default: 10}}"
        print "        - {name: after, in: query, description: The id of the last one of the page before., schema: {type: string}}"
        print "      responses:\n        \"200\":\n          description: The things.\n          content:\n            application/json:"
        print "              schema: {type: object, required: [data], properties: {data: {type: array, items: {$ref: \"#/components/schemas/Thing" i "\"}}, more: {type: boolean}}}"
        print "        4XX: {$ref: \"#/components/responses/Refused\"}"
        print "    post:\n      operationId: createThing" i "\n      summary: Makes a thing of kind " i "."
        print "      requestBody: {required: true, content: {application/json: {schema: {$ref: \"#/components/schemas/Thing" i "\"}}}}"
        print "      responses:\n        \"201\": {description: It was made., content: {application/json: {schema: {$ref: \"#/components/schemas/Thing" i "\"}}}}"
        print "        4XX: {$ref: \"#/components/responses/Refused\"}"
        print "  /v1/things" i "/{id}:\n    parameters: [{name: id, in: path, required: true, schema: {type: string}}]"
        print "    get:\n      operationId: getThing" i "\n      responses:"
        print "        \"200\": {description: The thing., content: {application/json: {schema: {$ref: \"#/components/schemas/Thing" i "\"}}}}"
        print "        \"404\": {$ref: \"#/components/responses/Refused\"}"
        print "    delete:\n      operationId: deleteThing" i "\n      responses:\n        \"204\": {description: It is gone.}"
        print "        \"404\": {$ref: \"#/components/responses/Refused\"}"
    }
    print "components:\n  responses:\n    Refused: {description: It was refused., content: {application/json: {schema: {$ref: \"#/components/schemas/Problem\"}}}}"
    print "  schemas:\n    Problem: {type: object, required: [code], properties: {code: {type: string}, detail: {type: string}}}"
    for (i = 1; i <= resources; i++) {
        print "    Thing" i ":\n      description: A thing of kind " i ", with all that is known of it.\n      type: object\n      required: [id, state]\n      properties:"
        print "        id: {type: string, description: What it is known by., examples: [thing_1]}"
        print "        state: {$ref: \"#/components/schemas/State" i "\"}"
        print "        owner: {$ref: \"#/components/schemas/Owner" i "\"}"
        for (p = 1; p <= 10; p++)
            print "        property_" p ": {type: [" (p % 3 ? "string" : "integer") (p % 4 ? "" : ", \"null\"") "], description: \"The property of number " p ", which says something about the thing that is of use to somebody.\"}"
        print "    State" i ": {type: string, enum: [new, active, paused, gone]}"
        print "    Owner" i ": {type: object, required: [name], properties: {name: {type: string}, mail: {type: string}, since: {type: string, format: date-time}}}"
    }
}'
