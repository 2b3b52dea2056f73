package dev.hansa.spec;

import java.util.Optional;

/**
 * What a simulation of the run needs to know beside the run; real runs have real nodes instead.
 *
 * @param partition how the rows of one table become clients; empty if the clients bring their own rows
 * @param devices   what clients run on; empty if all are always there and take no time
 */
public record SimulationSpec(Optional<Partition> partition, Optional<Devices> devices) {}
