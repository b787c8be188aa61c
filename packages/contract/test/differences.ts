import type { Content, Document, Operation, Parameter } from './document.ts'
import { operationsOf, resolve } from './document.ts'
import { type Fact, factsOf, shapeOf } from './shape.ts'

type Structure = Map<string, Set<string>>

/**
 * Compares what two contracts say by their structure. A line that begins with `+` is said by the
 * second one only, `-` by the first only. What is new as a whole gives one line, not one per member.
 */
export function differences(first: Document, second: Document): string[] {
  const [before, after] = [structureOf(first), structureOf(second)]
  return [
    ...beyond(after, before).map((it) => `+ ${it}`),
    ...beyond(before, after).map((it) => `- ${it}`),
  ]
}

function beyond(structure: Structure, other: Structure): string[] {
  return [...structure].flatMap(([subject, says]) => {
    const known = other.get(subject)
    if (known) return [...says].filter((it) => !known.has(it)).map((it) => `${subject} ${it}`)
    return other.has(parentOf(subject)) ? [subject] : []
  })
}

/**
 * Of `GET config 200.data.account` it is `GET config 200.data`, of `GET config 200` `GET config`, and of
 * that the document, which has no name.
 */
function parentOf(subject: string): string {
  const operation = subject.split(' ').slice(0, 2).join(' ')
  if (operation === subject) return ''
  const outer = subject.replace(/(\[\]|\.[^.[\]]+)$/, '')
  return outer === subject ? operation : outer
}

function structureOf(document: Document): Structure {
  const structure: Structure = new Map([['', new Set()]])
  for (const { name, operation } of operationsOf(document)) {
    const facts = operationFacts(document, operation).map(
      ([it, says]) => [`${name} ${it}`, says] as const,
    )
    for (const [subject, says] of [[name, 'exists'] as const, ...facts]) {
      structure.set(subject, (structure.get(subject) ?? new Set()).add(says))
    }
  }
  return structure
}

function operationFacts(document: Document, operation: Operation): Fact[] {
  const body = operation.requestBody && resolve<Content>(document, operation.requestBody)
  return [
    ...(operation.parameters ?? []).flatMap((it) =>
      parameterFacts(document, resolve(document, it)),
    ),
    ...(body ? contentFacts(document, 'body', body) : []),
    ...Object.entries(operation.responses).flatMap(([status, it]) =>
      contentFacts(document, status, resolve<Content>(document, it)),
    ),
  ]
}

function parameterFacts(document: Document, parameter: Parameter): Fact[] {
  const name = `${parameter.in} parameter ${parameter.name}`
  const required: Fact[] = parameter.required ? [[name, 'is required']] : []
  return [...required, ...factsOf(shapeOf(document, parameter.schema), name)]
}

function contentFacts(document: Document, name: string, content: Content): Fact[] {
  return [
    [name, 'exists'],
    ...(content.required ? ([[name, 'is required']] as const) : []),
    ...Object.entries(content.content ?? {}).flatMap(([type, { schema }]): Fact[] => [
      [name, `is ${type}`],
      ...factsOf(shapeOf(document, schema), name),
    ]),
  ]
}
