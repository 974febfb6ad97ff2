package io.rewarddance.rollout;

/**
 * A group that isn't trained on.
 *
 * @param detail numbers behind the reason, for the journal
 */
public record SetAside(GroupId id, SetAsideReason reason, String detail) {
  public SetAside {
    Check.present(id, "id");
    Check.present(reason, "reason");
    Check.present(detail, "detail");
  }
}
