/** A library that tests weave; not one of the agent's own packages, which module loaders take from the agent. */
package io.example.bells;
