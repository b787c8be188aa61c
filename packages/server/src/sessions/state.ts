import { waitingLogin } from '../authentication/login.ts'
import type { Exchange, Flow, FlowOffer } from '../exchange.ts'
import { type Answer, answer } from '../http/answers.ts'
import { describeUser } from '../users/display.ts'

/** What `GET auth/session` says now: the answer of nearly every step of authentication. */
export async function sessionState(ctx: Exchange): Promise<Answer> {
  const { user, state } = ctx.session
  if (!user) return unauthenticated(ctx, 401)
  return answer(200, {
    data: { user: describeUser(user, ctx.server.settings), methods: state.methods ?? [] },
    meta: { is_authenticated: true },
  })
}

/** Asks somebody who is signed in to prove again to be the one. */
export async function reauthenticationState(ctx: Exchange): Promise<Answer> {
  const { user, state } = ctx.session
  if (!user) return unauthenticated(ctx, 401)
  return answer(401, {
    data: {
      flows: [...(await offered(ctx, ctx.server.reauthentications)), ...(await standing(ctx))],
      user: describeUser(user, ctx.server.settings),
      methods: state.methods ?? [],
    },
    meta: { is_authenticated: true },
  })
}

/** Lists what can be begun and what waits. */
export async function unauthenticated(ctx: Exchange, status: 401 | 410): Promise<Answer> {
  return answer(status, {
    data: { flows: [...(await listFlows(ctx)), ...(await standing(ctx))] },
    meta: { is_authenticated: false },
  })
}

async function listFlows(ctx: Exchange): Promise<Flow[]> {
  const flows = await offered(ctx, ctx.server.offers)
  const login = await waitingLogin(ctx)
  if (!login?.stage) return flows
  const stage = ctx.server.stages.find((it) => it.id === login.stage)
  const details = { is_pending: true, ...(await stage?.describe?.(ctx, login)) }
  const listed = flows.find((flow) => flow.id === login.stage)
  if (!listed) return [...flows, { id: login.stage, ...details }]
  return flows.map((flow) => (flow === listed ? { ...flow, ...details } : flow))
}

function standing(ctx: Exchange): Promise<Flow[]> {
  return offered(ctx, ctx.server.standingOffers)
}

async function offered(ctx: Exchange, offers: readonly FlowOffer[]): Promise<Flow[]> {
  const flows: Flow[] = []
  for (const offer of offers) {
    const flow = await offer(ctx)
    if (flow) flows.push(flow)
  }
  return flows
}
