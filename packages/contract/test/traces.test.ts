import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
// The very check that the server's own tests use; nothing but this test reaches up to the server.
import { assertAnswer } from '../../server/src/testing/contract.ts'
import { type Content, openapiFile, operationsOf, readDocument, resolve } from './document.ts'
import { shapeOf, unknownMembers } from './shape.ts'
import { type RecordedAnswer, recordedAnswers, traceFolder } from './traces.ts'

// There are no exceptions: every answer that was recorded fits.
describe.skipIf(!existsSync(traceFolder))('the contract beside the recorded answers', () => {
  const answers = existsSync(traceFolder) ? recordedAnswers() : []

  it('finds some', () => {
    expect(answers.length).toBeGreaterThan(3000)
  })

  it('admits them all', () => {
    expect(answers.flatMap(complaint)).toEqual([])
  })

  it('describes all their members', () => {
    const shapes = answerShapes()
    const unknown = answers.flatMap(({ trace, method, path, status, body }) => {
      const shape = shapes.find(
        (it) => it.method === method && it.path.test(path) && it.status === status,
      )
      return shape
        ? unknownMembers(shape.shape, body).map((it) => `${trace}: ${path} ${status}${it}`)
        : []
    })
    expect(unknown).toEqual([])
  })
})

function answerShapes() {
  const document = readDocument(openapiFile)
  return operationsOf(document).flatMap(({ method, path, operation }) =>
    Object.entries(operation.responses).flatMap(([status, response]) => {
      const schema = resolve<Content>(document, response).content?.['application/json']?.schema
      if (!schema) return []
      const pattern = new RegExp(`^${path.replace('{client}', '(app|browser)')}([?].*)?$`)
      return { method, path: pattern, status: Number(status), shape: shapeOf(document, schema) }
    }),
  )
}

function complaint({ trace, method, path, status, body }: RecordedAnswer): string[] {
  try {
    assertAnswer(method, path, status, body)
    return []
  } catch (error) {
    return [`${trace}: ${String(error)}`]
  }
}
