/** Whether a resident's part of a round is shut, before their turn and between; open; or over, with nobody but staff left in it. */
export const partitions = ['sealed', 'open', 'over'] as const;
export type Partition = (typeof partitions)[number];
