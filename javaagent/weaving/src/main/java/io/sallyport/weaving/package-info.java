/**
 * Weaving: how a call in somebody else's class reaches the enforcement core.
 *
 * <pre>
 *   system loader        SallyportAgent (premain only)
 *   bootstrap            SallyportGate, SallyportState, SallyportReader      ← all that woven code can name
 *   agent loader         core, weaving, instrumentation, link                (parent: platform loader)
 *   module loader        packages of a module that name a library's types    (one per module and application loader)
 *
 *   woven method ── invokedynamic ──► SallyportGate.link ──► CallSiteLinker ──► advice method (agent or module loader)
 * </pre>
 *
 * <p>An instrumentation module implements {@link io.sallyport.weaving.WeaveModule} and is found by
 * {@link java.util.ServiceLoader}. Each of its {@link io.sallyport.weaving.WeavePoint}s names one kind of type and what is woven
 * into it:
 *
 * <ul>
 *   <li><b>calls</b>: non-inlined advice, linked by {@code invokedynamic}, without {@code suppress}. The enter advice decides; a
 *       refusal is thrown from it, and then neither the method nor the exit advice runs.
 *   <li><b>reads</b>: getters, which carry an inlined compare of the carrier's state with
 *       {@link io.sallyport.bootstrap.SallyportGate#NOTHING} and nothing else on the fast path.
 *   <li><b>straight</b> calls: a library's own calls of a public getter that is woven, linked past its advice.
 *   <li><b>state</b>: one injected field per object, reached through {@link io.sallyport.weaving.StateField}; classes that cannot
 *       take a field (loaded before the agent, serializable without a serialVersionUID) fall back to a weak map.
 * </ul>
 *
 * <p>Which types and methods those are is asked in {@link io.sallyport.weaving.match}; class files are written in
 * {@link io.sallyport.weaving.write}.
 *
 * <p>A class that should have been woven and was not is {@link io.sallyport.weaving.Coverage.State#REFUSED}, with its reason; an
 * instrumentation module does not let such an object out of its boundary.
 */
package io.sallyport.weaving;
