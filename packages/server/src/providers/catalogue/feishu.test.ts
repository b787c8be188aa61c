import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { feishu } from './feishu.ts'

describe('feishu', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/user_info/get
    const data = {
      name: 'zhangsan',
      en_name: 'zhangsan',
      open_id: 'ou-caecc734c2e3328a62489fe0648c4b98779515d3',
      union_id: 'on-d89jhsdhjsajkda7828enjdj328ydhhw3u43yjhdj',
      email: 'zhangsan@feishu.cn',
      enterprise_email: 'demo@mail.com',
    }
    assert.deepEqual(feishu.readProfile({ code: 0, msg: 'success', data }, {}), {
      uid: 'ou-caecc734c2e3328a62489fe0648c4b98779515d3',
      emails: [{ email: 'zhangsan@feishu.cn', isVerified: false, isPrimary: true }],
      name: 'zhangsan',
    })
  })

  it('refuses an answer that is none, which comes with status 200', () => {
    assert.throws(() => feishu.readProfile({ code: 20005, msg: 'invalid' }, {}), /open_id/)
  })

  it('sends people to where the settings say', () => {
    const options = { authorize_url: 'https://accounts.larksuite.com/authorize' }
    const { authorization } = feishu.endpoints(options)
    assert.equal(authorization, 'https://accounts.larksuite.com/authorize')
  })
})
