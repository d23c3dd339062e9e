/**
 * Events on disk: written before a call is sent, sealed by hash, cipher and signature, uploaded in order, deleted once the control plane has
 * them. This exists because the record must survive what the process does not: a {@code kill -9}, a control plane that is away, a restart.
 *
 * <pre>
 *   calling threads          sealer, every 100 ms                      uploader
 *   ┌──────────────┐         ┌───────────────────────────────┐         ┌──────────────┐
 *   │ append ──────┼─ lane ─▶│ round++, close chunks, order, │─ block ▶│ decrypt, JSON│─▶ control plane
 *   └──────────────┘  mapped │ deflate, AES-GCM, SHA-256,    │  file   └──────┬───────┘
 *                     file   │ Ed25519, write, free chunks   │◀── confirmed ──┘
 *                            └───────────────────────────────┘
 * </pre>
 *
 * <h2>Lanes</h2>
 *
 * <p>A {@link io.sallyport.link.spool.Lane} is a file of mode 0600 that is mapped into memory, cut into chunks. A thread claims a lane for
 * the length of one record by one compare-and-set; it comes back to the same lane as long as nobody else is in it, so that lanes are in
 * effect the threads' own, and needs no thread-local, which thread pools, dead threads and a million virtual threads would leave behind. Two
 * threads that meet in a lane move apart, and the sealer opens another lane, up to sixteen. Nothing on the way of an append locks,
 * allocates or calls the operating system. The memory of a mapped file is the operating system's: what was stored before a {@code kill -9} is in the
 * file afterwards. A power failure takes it away; see {@code docs/recording.md}.
 *
 * <p>A record ({@link io.sallyport.link.spool.RecordEncoder}) has a length, a CRC-32C and a number. Its length is stored last, and the place
 * behind it says "nothing" before that, so a torn record is one whose length is not there yet: its {@code append} had not returned, its call
 * was not sent. Texts that repeat (target, statement shape, session) are written once per chunk and referred to after that.
 *
 * <h2>Order across lanes</h2>
 *
 * <p>Records carry a number from one counter, and chunks carry the round in which they were begun. The sealer raises the round first and
 * then closes each lane's chunk; a thread that sees the new round begins a new chunk by itself. What is ordered by (round, number)
 * respects what happened: a record that was written before another one was begun never comes behind it. A block holds whole rounds, and
 * sequence numbers, which the outside world sees, are given out when a block is sealed: 1, 2, 3 without a gap.
 *
 * <h2>Blocks</h2>
 *
 * <p>{@link io.sallyport.link.spool.Block} has the format. Each names the hash of the one before, so that none can be altered, dropped,
 * inserted or moved; the first names the recording and its public key. Keys are in {@link io.sallyport.link.spool.RecordingKey}. <b>What is
 * not sealed yet is neither encrypted nor tamper-evident</b>: the last 100 ms, or what a dead process left in its lanes until the next start
 * seals it (such a block says so).
 *
 * <h2>Crash recovery</h2>
 *
 * <p>The next process that claims the place cuts a torn last block off (its records are still in the lanes: chunks are freed after the
 * write), seals what the lanes hold of later rounds, and uploads it. A crash in the middle of that is one more crash. Nothing else is cut off: other
 * bytes that are no block are damage, which stays as it is; see {@link io.sallyport.link.spool.SegmentScan}. So are blocks that are gone from the end; see
 * {@link io.sallyport.link.spool.HeadFile}.
 *
 * <h2>Back-pressure</h2>
 *
 * <p>Chunks in use and sealed blocks count towards one budget. A thread that finds no free chunk wakes the sealer and waits, at most two
 * seconds; where the budget is used up or the disk does not take blocks, {@code append} returns {@code false} and the policy says whether
 * the call is refused or the loss is counted.
 */
package io.sallyport.link.spool;
