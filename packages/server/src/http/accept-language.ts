// Nobody asks for more, but for who wants the server to be busy.
const longestHeader = 500
const mostRanges = 20

interface Range {
  tag: string
  quality: number
}

/**
 * The language of an `Accept-Language` header that is offered, or `otherwise` where it asks for none: the
 * best quality first, among equals the one that is named first; `de-AT` is content with `de`. What does
 * not follow the grammar counts as not said.
 * @see RFC 9110, section 12.5.4; RFC 4647, section 3.4
 */
export function negotiateLanguage<Tag extends string>(
  header: string | undefined,
  offered: readonly Tag[],
  otherwise: Tag,
): Tag {
  if (header === undefined || header.length > longestHeader) return otherwise
  const ranges = header.split(',', mostRanges).flatMap(readRange)
  const refused = ranges.filter(({ quality }) => quality === 0).map(({ tag }) => tag)
  const wanted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)
  const welcome = [otherwise, ...offered].filter((tag) => !refused.includes(tag.toLowerCase()))
  for (const { tag } of wanted) {
    const found = tag === '*' ? welcome[0] : welcome.find((it) => isWithin(tag, it.toLowerCase()))
    if (found !== undefined) return found
  }
  return otherwise
}

function readRange(text: string): Range[] {
  const [range = '', parameter, ...others] = text
    .split(';')
    .map((part) => part.trim().toLowerCase())
  if (others.length > 0 || !/^(\*|[a-z]{1,8}(-[a-z\d]{1,8})*)$/.test(range)) return []
  const [, weight] = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(parameter ?? 'q=1') ?? []
  return weight === undefined ? [] : [{ tag: range, quality: Number(weight) }]
}

function isWithin(range: string, tag: string): boolean {
  return range === tag || range.startsWith(`${tag}-`)
}
