graph [
  directed 1
  multigraph 1
  node [
    id 0
    label "Zo&#235;"
    age 0.5
  ]
  node [
    id 1
    label "a b"
    age 1.5
  ]
  node [
    id 2
    label "quo&#34;te"
    age 2.5
  ]
  node [
    id 3
    label "<&#38;>"
    age 3.5
  ]
  node [
    id 4
    label "last"
    age 4.5
  ]
  edge [
    source 0
    target 1
    key 0
    weight 2
  ]
  edge [
    source 0
    target 1
    key 1
    weight 3
  ]
  edge [
    source 1
    target 0
    key 0
    weight 1
  ]
  edge [
    source 3
    target 2
    key 0
    weight 0.5
  ]
  edge [
    source 4
    target 4
    key 0
    weight 9
  ]
]
