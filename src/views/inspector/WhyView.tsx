/** The answer to "why?": the rule, the kernel's functions, versions and source, what kind of figure, what is simplified. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import { simplification } from '../../stage/simplifications.ts'
import { type Answer, type Honesty, type KernelFunction, wasReadIn } from '../../stage/why/answer.ts'
import { answersOf, rangeText, type Topic, whyOf } from '../../stage/why/why.ts'

const HONESTY: Readonly<Record<Honesty, readonly [tag: string, about: string]>> = {
  rule: ['a rule of the kernel', 'read in its sources'],
  simulated: ['simulated', 'counted in the run that is shown'],
  measured: ['measured on 6.12.95', 'a measured figure, times what was counted in this run'],
  published: ['published', 'by somebody else'],
}

export interface WhyViewProps {
  readonly topic: Topic
  readonly header: RunHeader
}

export function WhyView({ topic, header }: WhyViewProps): ReactElement {
  const answer = whyOf(topic, header.mode)
  if (answer === undefined)
    return <p>There is no answer to this question ({topic}); the help lists what is simplified.</p>
  const others = answersOf(topic).filter((one) => one !== answer)
  return (
    <article className="answer">
      <p className="rule">{answer.rule}</p>
      <Tag honesty={answer.honesty} />
      <Where answer={answer} kernel={header.kernel} />
      {answer.published === undefined ? null : (
        <section>
          <h3>Published</h3>
          <p>
            {answer.published.text} <small>{answer.published.source}</small>
          </p>
        </section>
      )}
      <section>
        <h3>Source</h3>
        <p>
          Model of the kernel, section {answer.section}
          {answer.commit === undefined ? '' : ` · commit ${answer.commit}`}
        </p>
      </section>
      <Simplified answer={answer} />
      {others.length === 0 ? null : (
        <section>
          <h3>In other modes</h3>
          <dl className="facts">
            {others.map((other) => (
              <div key={other.title}>
                <dt>{other.modes?.join(', ') ?? 'bio-based'}</dt>
                <dd>{other.title}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </article>
  )
}

export function Tag({ honesty }: { readonly honesty: Honesty }): ReactElement {
  const [tag, about] = HONESTY[honesty]
  return (
    <p className="honesty">
      <b data-honesty={honesty}>{tag}</b> {about}
    </p>
  )
}

function Where({
  answer,
  kernel,
}: {
  readonly answer: Answer
  readonly kernel: string
}): ReactElement | null {
  if (answer.where.length === 0) return null
  return (
    <section>
      <h3>In the kernel</h3>
      <ul className="functions">
        {answer.where.map((one) => (
          <li key={`${one.name} ${one.from}`} data-read={wasReadIn(one, kernel)}>
            <FunctionName of={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function FunctionName({ of }: { readonly of: KernelFunction }): ReactElement {
  return (
    <>
      <code>{of.name}</code> <small>{of.file}</small>{' '}
      <small title="versions it was read in">{rangeText(of)}</small>
    </>
  )
}

function Simplified({ answer }: { readonly answer: Answer }): ReactElement | null {
  const keys = answer.simplified ?? []
  if (keys.length === 0) return null
  return (
    <section>
      <h3>Simplified here</h3>
      <ul className="simplified">
        {keys.map((key) => (
          <li key={key}>{simplification(key).text}</li>
        ))}
      </ul>
    </section>
  )
}
